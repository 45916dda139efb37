package io.mcpaccess.distribution;

import static com.tngtech.archunit.core.domain.JavaConstructor.CONSTRUCTOR_NAME;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Links classes under a class loader and looks up every class and method that they refer to, so that a
 * {@link NoSuchMethodError} of a rare path is found here and not in production.
 */
final class LinkCheck {

    private final ClassLoader loader;
    private final Map<String, Optional<String>> calls = new HashMap<>();

    /** Links under a loader. */
    LinkCheck(ClassLoader loader) {
        this.loader = loader;
    }

    /** What cannot be found or verified, one sentence each; empty when all is well. */
    List<String> problems(List<JavaClass> types) {
        List<String> problems = new ArrayList<>();
        for (JavaClass type : types) {
            verify(type).ifPresent(problems::add);
            type.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .distinct()
                    .filter(target -> !target.isPrimitive())
                    .forEach(target -> load(target.getName())
                            .ifPresent(reason -> problems.add(type.getName() + " refers to " + reason)));
            Stream.concat(type.getCodeUnitCallsFromSelf().stream(), type.getCodeUnitReferencesFromSelf().stream())
                    .map(JavaCodeUnitAccess::getTarget)
                    .distinct()
                    .forEach(target ->
                            call(target).ifPresent(reason -> problems.add(type.getName() + " calls " + reason)));
        }
        return problems;
    }

    private Optional<String> verify(JavaClass type) {
        try {
            Class.forName(type.getName(), true, loader);
            return Optional.empty();
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.of(type.getName() + " does not link: " + e);
        }
    }

    private Optional<String> load(String name) {
        try {
            Class.forName(name, false, loader);
            return Optional.empty();
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.of(name + ", which is not there: " + e);
        }
    }

    private Optional<String> call(CodeUnitAccessTarget target) {
        try {
            Class<?> owner = Class.forName(target.getOwner().getName(), false, loader);
            if (owner.isArray()) {
                return Optional.empty();
            }
            boolean found = target.getName().equals(CONSTRUCTOR_NAME)
                    ? Arrays.stream(owner.getDeclaredConstructors()).anyMatch(it -> takes(it, target))
                    : hierarchy(owner)
                            .flatMap(it -> Arrays.stream(it.getDeclaredMethods()))
                            .anyMatch(it -> is(it, target));
            return found ? Optional.empty() : Optional.of(target.getFullName() + ", which is not there");
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.of(target.getFullName() + ": " + e);
        }
    }

    private static boolean is(Method method, CodeUnitAccessTarget target) {
        boolean signaturePolymorphic =
                method.getDeclaringClass().getName().startsWith("java.lang.invoke.") && method.isVarArgs();
        return method.getName().equals(target.getName())
                && (signaturePolymorphic
                        || takes(method, target)
                                && method.getReturnType()
                                        .getName()
                                        .equals(target.getRawReturnType().getName()));
    }

    private static boolean takes(Executable executable, CodeUnitAccessTarget target) {
        return Arrays.stream(executable.getParameterTypes())
                .map(Class::getName)
                .toList()
                .equals(target.getRawParameterTypes().stream()
                        .map(JavaClass::getName)
                        .toList());
    }

    private static Stream<Class<?>> hierarchy(Class<?> type) {
        Stream<Class<?>> above = Stream.concat(
                        Stream.ofNullable(type.getSuperclass()), Arrays.stream(type.getInterfaces()))
                .flatMap(LinkCheck::hierarchy);
        return Stream.concat(
                Stream.concat(Stream.of(type), above), type.isInterface() ? Stream.of(Object.class) : Stream.empty());
    }
}
