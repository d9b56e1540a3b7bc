package dev.yardmaster.house;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/**
 * The rules of the house over compiled classes. Each says what breaks it, one line a break, with what to do; an empty list
 * is good news.
 *
 * @param root the package all others are below
 * @param rows what may import what
 */
record HouseRules(String root, List<Row> rows) {

    private static final Pattern FORBIDDEN_NAME =
            Pattern.compile("\\w*(Impl|Utils?|Helper|Manager)|(Base|Abstract)\\p{Lu}\\w*");

    private static final List<String> LIBRARIES_OF_THE_RUNTIME =
            List.of("dev.langchain4j", "io.github.resilience4j", "io.micrometer");

    /** Packages without a row, and uses that no row allows. */
    List<String> arrows(JavaClasses classes) {
        var broken = new TreeSet<String>();
        for (JavaClass each : classes) {
            Optional<Row> from = row(each.getPackageName());
            if (from.isEmpty()) {
                broken.add("package " + each.getPackageName()
                        + " has no row in Layout; add one, below every package it imports, and name those in it");
                continue;
            }
            each.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> wrong(from.get(), dependency))
                    .forEach(wrong -> wrong.ifPresent(broken::add));
        }
        return List.copyOf(broken);
    }

    private Optional<String> wrong(Row from, Dependency dependency) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        if (!target.getPackageName().startsWith(root + ".")) {
            return Optional.empty();
        }
        Optional<Row> to = row(target.getPackageName());
        if (to.isEmpty()
                || to.get().equals(from)
                || from.imports().contains(to.get().name())) {
            return Optional.empty();
        }
        return Optional.of(from.name() + " → " + to.get().name() + ": "
                + dependency.getOriginClass().getSimpleName() + " uses " + target.getSimpleName() + "; " + from.name()
                + " may import " + (from.imports().isEmpty() ? "nothing" : new TreeSet<>(from.imports()))
                + ": turn the arrow round, or move the type");
    }

    private Optional<Row> row(String packageName) {
        String name = packageName.equals(root) ? "" : packageName.substring(root.length() + 1);
        return rows.stream().filter(each -> each.holds(name)).findFirst();
    }

    /** Packages that reach themselves. */
    List<String> cycles(JavaClasses classes) {
        return slices().matching(root + ".(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .evaluate(classes)
                .getFailureReport()
                .getDetails();
    }

    /** Names that say nothing of what a type is. */
    List<String> names(JavaClasses classes) {
        return topLevel(classes)
                .filter(each -> FORBIDDEN_NAME.matcher(each.getSimpleName()).matches())
                .map(each -> each.getName()
                        + ": name it after what it is or does, not Impl, Utils, Helper, Manager, Base" + " or Abstract")
                .toList();
    }

    /** Names that mean two things. */
    List<String> twins(JavaClasses classes) {
        Map<String, List<String>> byName = new TreeMap<>();
        topLevel(classes)
                .forEach(each -> byName.computeIfAbsent(each.getSimpleName(), name -> new ArrayList<>())
                        .add(each.getName()));
        return byName.values().stream()
                .filter(same -> same.size() > 1)
                .map(same -> String.join(" and ", same) + " have the same name; rename one")
                .toList();
    }

    /** Packages in which null is not off. */
    List<String> nullable(JavaClasses classes) {
        return packages(classes)
                .filter(each -> !each.isAnnotatedWith(NullMarked.class))
                .map(each ->
                        "package " + each.getName() + " is not @NullMarked; give it a package-info.java that says so")
                .toList();
    }

    /** Uses of libraries that belong to the runtime. @param core the classes of core alone */
    List<String> librariesInCore(JavaClasses core) {
        return uses(
                        core,
                        target -> LIBRARIES_OF_THE_RUNTIME.stream()
                                .anyMatch(library -> target.getPackageName().startsWith(library)))
                .map(use -> use + "; core knows no model, resilience or metrics library: move it to the runtime")
                .toList();
    }

    /** Types of libraries and of other programming models that users would have to know. */
    List<String> foreignSignatures(JavaClasses classes) {
        return new Signatures(root).foreign(classes);
    }

    /** Values that hang on a thread. */
    List<String> threadLocals(JavaClasses classes) {
        return uses(classes, target -> target.isAssignableTo(ThreadLocal.class))
                .map(use -> use + "; context is an argument, never a thread's")
                .toList();
    }

    /** Java's own serialization. */
    List<String> serialization(JavaClasses classes) {
        Stream<String> streams = uses(
                classes,
                target -> target.isEquivalentTo(ObjectOutputStream.class)
                        || target.isEquivalentTo(ObjectInputStream.class));
        Stream<String> types = classes.stream()
                .filter(each ->
                        each.getRawInterfaces().stream().anyMatch(face -> face.isEquivalentTo(Serializable.class)))
                .map(each -> each.getName() + " implements Serializable");
        return Stream.concat(streams, types)
                .map(use -> use + "; what is stored is JSON")
                .toList();
    }

    /** Printing. @param classes those that are to be silent */
    List<String> printing(JavaClasses classes) {
        return classes.stream()
                .flatMap(each -> each.getFieldAccessesFromSelf().stream())
                .filter(access -> access.getTargetOwner().isEquivalentTo(System.class)
                        && List.of("out", "err").contains(access.getName()))
                .map(access -> access.getOriginOwner().getName() + " prints to System." + access.getName()
                        + "; return it, publish an event, or log it")
                .distinct()
                .sorted()
                .toList();
    }

    /** Packages that hold more than a reader can keep in mind. */
    List<String> crowded(JavaClasses classes, int most) {
        return packages(classes)
                .filter(each -> publicTypes(each) > most)
                .map(each -> "package " + each.getName() + " has " + publicTypes(each) + " public types, more than "
                        + most + ": make some package-private, or find the second idea in it")
                .toList();
    }

    private static long publicTypes(JavaPackage each) {
        return each.getClasses().stream()
                .filter(type -> type.isTopLevelClass() && !type.isArray() && Signatures.isPublic(type))
                .count();
    }

    private static Stream<JavaPackage> packages(JavaClasses classes) {
        return classes.stream()
                .filter(each -> !each.getSimpleName().equals("package-info"))
                .map(JavaClass::getPackage)
                .distinct()
                .sorted(java.util.Comparator.comparing(JavaPackage::getName));
    }

    private static Stream<JavaClass> topLevel(JavaClasses classes) {
        return classes.stream()
                .filter(each -> each.isTopLevelClass() && !each.getSimpleName().equals("package-info"))
                .sorted(java.util.Comparator.comparing(JavaClass::getName));
    }

    private static Stream<String> uses(JavaClasses classes, java.util.function.Predicate<JavaClass> targets) {
        return classes.stream()
                .flatMap(each -> each.getDirectDependenciesFromSelf().stream())
                .filter(dependency -> targets.test(dependency.getTargetClass().getBaseComponentType()))
                .map(dependency -> dependency.getOriginClass().getName() + " uses "
                        + dependency.getTargetClass().getBaseComponentType().getName())
                .distinct()
                .sorted();
    }
}
