package dev.yardmaster.metrics;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.core.domain.properties.HasParameterTypes.Predicates.rawParameterTypes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass.Predicates;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import org.junit.jupiter.api.Test;

/**
 * An application gets the Micrometer that its framework manages: Spring Boot 3.5 brings 1.15. There {@code
 * registry.timer(name, tags)} takes another type, and a class that was compiled against a newer one fails when it is called.
 */
class EarlierMicrometerTest {

    @Test
    void meters_are_made_by_builders_which_every_version_has() {
        var classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.yardmaster");
        noClasses()
                .should()
                .callMethodWhere(target(owner(Predicates.type(MeterRegistry.class)))
                        .and(target(rawParameterTypes(String.class, Tags.class))))
                .check(classes);
    }
}
