package dev.yardmaster.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import dev.yardmaster.definition.Diagnostic.Severity;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentCatalogTest {

    @TempDir
    Path temporary;

    private Path repository;
    private Path module;
    private Path home;

    @BeforeEach
    void aRepositoryWithAModuleAndAHome() throws IOException {
        Path disk = temporary.toRealPath();
        repository = Files.createDirectories(disk.resolve("repository"));
        Files.createDirectory(repository.resolve(".git"));
        module = Files.createDirectories(repository.resolve("services/orders"));
        home = Files.createDirectories(disk.resolve("home"));
    }

    private static Path write(Path folder, String file, String name, String prompt) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, "---\nname: %s\ndescription: d\n---\n%s\n".formatted(name, prompt));
    }

    private static Path in(Path folder) {
        return folder.resolve(".claude/agents");
    }

    private static List<Diagnostic> told(AgentCatalog catalog, String code) {
        return catalog.diagnostics().stream()
                .filter(diagnostic -> diagnostic.code().equals(code))
                .toList();
    }

    @Nested
    class The_lookup {

        @Test
        void takes_a_name_from_the_nearest_place_whatever_the_order_of_the_calls() throws IOException {
            write(temporary.resolve("named"), "a.md", "a", "from the named folder");
            for (String name : List.of("a", "b")) {
                write(in(module), name + ".md", name, "from the module");
            }
            for (String name : List.of("a", "b", "c")) {
                write(in(repository), name + ".md", name, "from the repository");
            }
            for (String name : List.of("a", "b", "c", "d")) {
                write(in(home), name + ".md", name, "from the home folder");
            }
            AgentCatalog catalog = AgentCatalog.builder()
                    .home(home)
                    .project(module)
                    .folder(temporary.resolve("named"))
                    .build();

            assertThat(catalog.all())
                    .extracting(AgentDefinition::name, AgentDefinition::prompt)
                    .containsExactly(
                            tuple("a", "from the named folder"),
                            tuple("b", "from the module"),
                            tuple("c", "from the repository"),
                            tuple("d", "from the home folder"));
        }

        @Test
        void prefers_yardmasters_folder_to_that_of_others() throws IOException {
            write(in(module), "a.md", "a", "theirs");
            write(module.resolve(".yardmaster/agents"), "a.md", "a", "ours");
            AgentCatalog catalog = AgentCatalog.builder().project(module).build();
            assertThat(catalog.get("a").prompt()).isEqualTo("ours");
        }

        @Test
        void goes_up_to_the_root_of_the_repository_and_no_further() throws IOException {
            write(in(repository.getParent()), "stranger.md", "stranger", "from above the repository");
            write(in(repository), "a.md", "a", "from the repository");
            AgentCatalog catalog = AgentCatalog.builder().project(module).build();
            assertThat(catalog.all()).extracting(AgentDefinition::name).containsExactly("a");
        }

        @Test
        void stays_in_the_working_folder_where_there_is_no_repository() throws IOException {
            Path lonely = Files.createDirectories(temporary.resolve("lonely/folder"));
            write(in(lonely.getParent()), "stranger.md", "stranger", "from above");
            write(in(lonely), "a.md", "a", "from here");
            AgentCatalog catalog = AgentCatalog.builder().project(lonely).build();
            assertThat(catalog.all()).extracting(AgentDefinition::name).containsExactly("a");
        }

        @Test
        void looks_once_into_a_home_folder_that_is_the_project_too() throws IOException {
            Files.createDirectory(home.resolve(".git"));
            write(in(home), "a.md", "a", "p");
            AgentCatalog catalog =
                    AgentCatalog.builder().project(home).home(home).build();
            assertThat(catalog.files()).hasSize(1);
            assertThat(catalog.diagnostics()).isEmpty();
        }

        @Test
        void puts_agents_defined_in_code_before_all_files() throws IOException {
            write(in(module), "a.md", "a", "from a file");
            AgentCatalog catalog = AgentCatalog.builder()
                    .project(module)
                    .definitions(List.of(AgentDefinition.of("a", "d", "from code")))
                    .build();
            assertThat(catalog.get("a").prompt()).isEqualTo("from code");
        }

        @Test
        void comes_to_the_stock_jar_last() throws Exception {
            Path jar = temporary.resolve("stock.jar");
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
                for (String entry : List.of("yardmaster/agents/", "yardmaster/agents/a.md", "yardmaster/agents/b.md")) {
                    out.putNextEntry(new JarEntry(entry));
                    if (entry.endsWith(".md")) {
                        String name = entry.substring(entry.length() - 4, entry.length() - 3);
                        out.write("---\nname: %s\ndescription: d\n---\nstock\n"
                                .formatted(name)
                                .getBytes(StandardCharsets.UTF_8));
                    }
                }
            }
            write(in(module), "a.md", "a", "own");
            try (URLClassLoader loader =
                    new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
                AgentCatalog catalog =
                        AgentCatalog.builder().stock(loader).project(module).build();
                assertThat(catalog.get("a").prompt()).isEqualTo("own");
                assertThat(catalog.get("b").source()).isEqualTo("classpath:yardmaster/agents/b.md");
                assertThat(told(catalog, "name-shadowed")).singleElement().satisfies(hint -> {
                    assertThat(hint.file()).isEqualTo("classpath:yardmaster/agents/a.md");
                    assertThat(hint.severity()).isEqualTo(Severity.HINT);
                });
            }
        }

        @Test
        void does_not_follow_links_out_of_a_folder() throws IOException {
            Path outside = write(temporary.resolve("outside"), "secret.md", "secret", "p");
            write(in(module), "a.md", "a", "p");
            Files.createSymbolicLink(in(module).resolve("linked.md"), outside);
            AgentCatalog catalog = AgentCatalog.builder().project(module).build();
            assertThat(catalog.find("secret")).isEmpty();
            assertThat(told(catalog, "link-skipped")).hasSize(1);
        }

        @Test
        void needs_a_folder_that_somebody_named_to_be_there() {
            assertThatExceptionOfType(AgentFolderException.class)
                    .isThrownBy(() -> AgentCatalog.builder()
                            .folder(temporary.resolve("missing"))
                            .build())
                    .withMessageContaining("there is no such folder");
        }
    }

    @Nested
    class A_name {

        @Test
        void that_a_nearer_folder_has_is_reported_and_not_used() throws IOException {
            Path near = write(in(module), "a.md", "a", "near");
            Path far = write(in(home), "other.md", "a", "far");
            AgentCatalog catalog =
                    AgentCatalog.builder().project(module).home(home).build();
            assertThat(catalog.get("a").prompt()).isEqualTo("near");
            assertThat(told(catalog, "name-shadowed")).singleElement().satisfies(warning -> {
                assertThat(warning.file()).isEqualTo(far.toString());
                assertThat(warning.severity()).isEqualTo(Severity.WARNING);
                assertThat(warning.message()).contains(near.toString());
            });
        }

        @Test
        void twice_in_one_folder_tree_refuses_all_but_the_first_by_path() throws IOException {
            Path second = write(in(module), "sub/a.md", "a", "second");
            Path first = write(in(module), "b.md", "a", "first");
            Path third = write(in(module), "z.md", "a", "third");
            AgentCatalog catalog = AgentCatalog.builder().project(module).build();

            assertThat(catalog.get("a").prompt()).isEqualTo("first");
            assertThat(catalog.files())
                    .filteredOn(Reading.Loaded.class::isInstance)
                    .extracting(Reading::file)
                    .containsExactly(first.toString());
            assertThat(told(catalog, "name-duplicate"))
                    .allSatisfy(error -> {
                        assertThat(error.severity()).isEqualTo(Severity.ERROR);
                        assertThat(error.message()).contains(first.toString());
                    })
                    .extracting(Diagnostic::file)
                    .containsExactly(second.toString(), third.toString());
        }

        @Test
        void that_nobody_has_is_an_error_with_those_that_there_are() {
            AgentCatalog catalog =
                    AgentCatalog.of(AgentDefinition.of("tester", "d", "p"), AgentDefinition.of("reviewer", "d", "p"));
            assertThat(catalog.find("testr")).isEmpty();
            assertThatExceptionOfType(UnknownAgentException.class)
                    .isThrownBy(() -> catalog.get("testr"))
                    .withMessage("there is no agent 'testr'; did you mean 'tester'? (there are reviewer, tester)");
        }

        @Test
        void of_two_definitions_in_code_is_a_mistake_of_the_caller() {
            AgentDefinition agent = AgentDefinition.of("a", "d", "p");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> AgentCatalog.of(agent, agent))
                    .withMessageContaining("'a'");
        }
    }

    @Nested
    class Reread {

        @Test
        void is_the_same_catalogue_while_nothing_changes() throws IOException {
            write(in(module), "a.md", "a", "p");
            AgentCatalog catalog = AgentCatalog.builder().project(module).build();
            assertThat(catalog.reread()).isSameAs(catalog);
            assertThat(AgentCatalog.of().reread().all()).isEmpty();
        }

        @Test
        void has_what_changed_on_disk_while_the_first_stays_as_it_was() throws IOException {
            Path file = write(in(module), "a.md", "a", "before");
            AgentCatalog first = AgentCatalog.builder().project(module).build();

            write(in(module), "a.md", "a", "after!");
            write(module.resolve(".yardmaster/agents"), "b.md", "b", "new");
            AgentCatalog second = first.reread();
            assertThat(second.get("a").prompt()).isEqualTo("after!");
            assertThat(second.find("b")).isPresent();

            Files.delete(file);
            assertThat(second.reread().all()).extracting(AgentDefinition::name).containsExactly("b");
            assertThat(first.all()).extracting(AgentDefinition::prompt).containsExactly("before");
        }
    }
}
