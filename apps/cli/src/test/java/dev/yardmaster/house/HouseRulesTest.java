package dev.yardmaster.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each rule finds what breaks it: the classes in {@code broken} break all of them, and little else. */
class HouseRulesTest {

    private static final String ROOT = "dev.yardmaster.house.broken";
    private static final JavaClasses BROKEN = new ClassFileImporter().importPackages(ROOT);
    private static final HouseRules RULES =
            new HouseRules(ROOT, List.of(Row.of("core", "event"), Row.of("core", "graph", "event")));

    @Test
    void an_arrow_that_no_row_allows_is_found() {
        assertThat(RULES.arrows(BROKEN))
                .contains(
                        "event → graph: Upward uses Twin; event may import nothing: turn the arrow round, or move the type")
                .noneMatch(each -> each.startsWith("graph →"));
    }

    @Test
    void a_package_without_a_row_is_found_and_the_way_to_give_it_one_told() {
        assertThat(RULES.arrows(BROKEN))
                .contains("package " + ROOT
                        + ".stray has no row in Layout; add one, below every package it imports, and name those in it");
    }

    @Test
    void a_cycle_is_found() {
        assertThat(RULES.cycles(BROKEN)).singleElement().asString().contains("Slice event", "Slice graph");
    }

    @Test
    void names_that_say_nothing_are_found() {
        assertThat(RULES.names(BROKEN))
                .extracting(each -> each.replaceFirst(":.*", "").replaceFirst(".*\\.", ""))
                .containsExactly(
                        "AbstractOrder", "BaseOrder", "OrderHelper", "OrderImpl", "OrderManager", "OrderUtils");
    }

    @Test
    void a_name_that_means_two_things_is_found() {
        assertThat(RULES.twins(BROKEN))
                .containsExactly(ROOT + ".event.Twin and " + ROOT + ".graph.Twin have the same name; rename one");
    }

    @Test
    void a_package_in_which_null_is_not_off_is_found() {
        assertThat(RULES.nullable(BROKEN))
                .extracting(each -> each.split(" ")[1])
                .containsExactly(ROOT + ".event", ROOT + ".stray");
    }

    @Test
    void a_library_of_the_runtime_in_core_is_found() {
        assertThat(RULES.librariesInCore(BROKEN))
                .anyMatch(each -> each.startsWith(ROOT + ".event.Upward uses io.micrometer."))
                .anyMatch(each -> each.startsWith(ROOT + ".graph.Leaking uses dev.langchain4j."));
    }

    @Test
    void foreign_types_in_signatures_are_found_also_inside_of_others() {
        assertThat(RULES.foreignSignatures(BROKEN))
                .allMatch(each -> each.startsWith(ROOT + ".graph.Leaking shows "))
                .extracting(each -> each.replaceFirst(":.*", "").replaceFirst(".*shows ", ""))
                .containsExactly(
                        "dev.langchain4j.model.chat.ChatModel",
                        "io.vavr.collection.Vector",
                        "java.util.concurrent.CompletableFuture",
                        "java.util.concurrent.Flow$Processor");
    }

    @Test
    void a_langchain4j_type_may_show_where_models_come_in() {
        JavaClasses classes = new ClassFileImporter().importPackages(Layout.ROOT + ".model");
        assertThat(new Signatures(Layout.ROOT).foreign(classes)).isEmpty();
        assertThat(new Signatures("elsewhere").foreign(classes))
                .anyMatch(each -> each.contains("ModelCatalog$Builder shows dev.langchain4j.model.chat.ChatModel"));
    }

    @Test
    void a_thread_local_is_found() {
        assertThat(RULES.threadLocals(BROKEN))
                .singleElement()
                .asString()
                .contains("Leaking uses java.lang.ThreadLocal");
    }

    @Test
    void serialization_is_found() {
        assertThat(RULES.serialization(BROKEN))
                .extracting(each -> each.replaceFirst(";.*", ""))
                .containsExactly(
                        ROOT + ".graph.Leaking uses java.io.ObjectOutputStream",
                        ROOT + ".graph.Leaking implements Serializable");
    }

    @Test
    void printing_is_found() {
        assertThat(RULES.printing(BROKEN)).singleElement().asString().contains("Leaking prints to System.out");
    }

    @Test
    void a_crowded_package_is_found() {
        assertThat(RULES.crowded(BROKEN, 1))
                .extracting(each -> each.replaceFirst(",.*", ""))
                .containsExactly(
                        "package " + ROOT + ".event has 2 public types",
                        "package " + ROOT + ".graph has 2 public types");
    }
}
