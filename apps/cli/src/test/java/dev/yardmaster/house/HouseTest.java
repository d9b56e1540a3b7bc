package dev.yardmaster.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Holds all production code to the rules of the house. That each rule can fail is shown by {@link HouseRulesTest}. */
class HouseTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(Layout.ROOT);

    private static final HouseRules RULES = new HouseRules(Layout.ROOT, Layout.rows());

    private static JavaClasses without(String... packages) {
        return CLASSES.that(
                com.tngtech.archunit.base.DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(packages)));
    }

    @Test
    void every_package_imports_only_what_its_row_names() {
        assertThat(RULES.arrows(CLASSES)).isEmpty();
    }

    @Test
    void a_row_names_only_rows_above_it() {
        Set<String> above = new HashSet<>();
        for (Row row : Layout.rows()) {
            assertThat(above).as("above '%s'", row.name()).containsAll(row.imports());
            above.add(row.name());
        }
    }

    @Test
    void no_package_reaches_itself() {
        assertThat(RULES.cycles(CLASSES)).isEmpty();
    }

    @Test
    void names_say_what_a_type_is() {
        assertThat(RULES.names(CLASSES)).isEmpty();
    }

    @Test
    void a_name_means_one_thing() {
        assertThat(RULES.twins(CLASSES)).isEmpty();
    }

    @Test
    void null_is_off_everywhere() {
        assertThat(RULES.nullable(CLASSES)).isEmpty();
    }

    @Test
    void core_knows_no_model_resilience_or_metrics_library() {
        String[] core = Layout.rows().stream()
                .filter(row -> row.module().equals("core"))
                .map(row -> Layout.ROOT + "." + row.name())
                .toArray(String[]::new);
        JavaClasses classes = CLASSES.that(JavaClass.Predicates.resideInAnyPackage(core));
        assertThat(classes).hasSizeGreaterThan(100);
        assertThat(RULES.librariesInCore(classes)).isEmpty();
    }

    @Test
    void signatures_show_the_jdks_types_and_ours() {
        assertThat(RULES.foreignSignatures(CLASSES)).isEmpty();
    }

    @Test
    void nothing_hangs_on_a_thread() {
        assertThat(RULES.threadLocals(CLASSES)).isEmpty();
    }

    @Test
    void nothing_is_serialized_by_java() {
        assertThat(RULES.serialization(CLASSES)).isEmpty();
    }

    @Test
    void libraries_do_not_print() {
        assertThat(RULES.printing(without(Layout.ROOT + ".cli..", Layout.ROOT + ".examples..")))
                .isEmpty();
    }

    @Test
    void a_package_can_be_kept_in_mind() {
        assertThat(RULES.crowded(CLASSES, 25)).isEmpty();
    }

    @Test
    void all_modules_are_looked_at() {
        Set<String> seen = new TreeSet<>();
        CLASSES.forEach(each -> seen.add(each.getPackageName()));
        assertThat(seen)
                .as("packages on this module's class path; add a module that is missing to apps/cli/pom.xml, with scope"
                        + " test where the command does not use it")
                .containsAll(ofTheDefaultBuild(Repository.find().packages()));
    }

    /** All but the benchmarks, which bring libraries that the default build never asks for. */
    private static Set<String> ofTheDefaultBuild(Map<String, String> packages) {
        var names = new TreeSet<String>();
        packages.forEach((name, module) -> {
            if (!module.equals("benchmarks")) {
                names.add(name);
            }
        });
        return names;
    }
}
