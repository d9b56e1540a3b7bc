package dev.yardmaster.house;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What users of a public type see: its supertypes and the types in its public and protected members, type arguments
 * included.
 *
 * @param root the package all others are below
 */
record Signatures(String root) {

    /** Where models, and tools that are written for them, come in. */
    private static final Set<String> LANGCHAIN4J_MAY_SHOW = Set.of("model", "tool", "agent.AgentRuntimeBuilder");

    /** What begins like this is never seen in a signature, and why. */
    private static final Map<String, String> NEVER = Map.of(
            "io.vavr.", "vavr stays inside; give the JDK's type",
            "io.github.resilience4j.", "resilience4j stays inside; give a type of ours",
            "java.util.concurrent.Future", "the API blocks; return the value",
            "java.util.concurrent.CompletionStage", "the API blocks; return the value",
            "java.util.concurrent.CompletableFuture", "the API blocks; return the value",
            "java.util.concurrent.Flow", "the API blocks; take a listener",
            "org.reactivestreams.", "the API blocks; take a listener",
            "reactor.", "the API blocks; return the value",
            "io.reactivex.", "the API blocks; return the value");

    List<String> foreign(JavaClasses classes) {
        var broken = new TreeSet<String>();
        for (JavaClass each : classes) {
            if (isPublic(each)) {
                seen(each)
                        .forEach(type -> why(each, type)
                                .ifPresent(
                                        why -> broken.add(each.getName() + " shows " + type.getName() + ": " + why)));
            }
        }
        return List.copyOf(broken);
    }

    private Optional<String> why(JavaClass owner, JavaClass type) {
        if (type.getName().startsWith("dev.langchain4j.") && !mayShowLangchain4j(owner)) {
            return Optional.of("langchain4j's types show only in the signatures of "
                    + new TreeSet<>(LANGCHAIN4J_MAY_SHOW) + "; take or return a type of ours");
        }
        return NEVER.entrySet().stream()
                .filter(entry -> type.getName().startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private boolean mayShowLangchain4j(JavaClass owner) {
        return LANGCHAIN4J_MAY_SHOW.stream()
                .map(place -> root + "." + place)
                .anyMatch(place ->
                        owner.getPackageName().equals(place) || owner.getName().equals(place));
    }

    private static Stream<JavaClass> seen(JavaClass type) {
        Stream<JavaType> above = Stream.concat(type.getInterfaces().stream(), type.getSuperclass().stream());
        Stream<JavaClass> members = type.getMembers().stream()
                .filter(member -> member.getModifiers().contains(JavaModifier.PUBLIC)
                        || member.getModifiers().contains(JavaModifier.PROTECTED))
                .flatMap(Signatures::seen);
        return Stream.concat(above.flatMap(each -> each.getAllInvolvedRawTypes().stream()), members)
                .map(JavaClass::getBaseComponentType)
                .distinct();
    }

    private static Stream<JavaClass> seen(JavaMember member) {
        Stream<JavaClass> types = member.getAllInvolvedRawTypes().stream();
        return member instanceof JavaCodeUnit code ? Stream.concat(types, code.getExceptionTypes().stream()) : types;
    }

    /** Whether users outside its package can name it. */
    static boolean isPublic(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(Signatures::isPublic).orElse(true);
    }
}
