package org.rapport.product;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.stereotype.Controller;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.bind.annotation.RequestMapping;

/** What the controllers of the product serve, such as {@code POST /login}; variables in a path are {@code x}. */
final class Routes {

    private Routes() {}

    static List<String> ofTheProduct() {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(Controller.class));
        return scanner.findCandidateComponents("org.rapport").stream()
                .map(found -> ClassUtils.resolveClassName(found.getBeanClassName(), Routes.class.getClassLoader()))
                .flatMap(type ->
                        Arrays.stream(ReflectionUtils.getDeclaredMethods(type)).flatMap(method -> of(type, method)))
                .distinct()
                .sorted()
                .toList();
    }

    private static Stream<String> of(Class<?> type, Method method) {
        return mapping(method).stream()
                .flatMap(mapping -> Arrays.stream(mapping.method())
                        .flatMap(verb -> paths(type, mapping).map(path -> verb + " " + path)));
    }

    private static Stream<String> paths(Class<?> type, RequestMapping mapping) {
        var base = Optional.ofNullable(AnnotatedElementUtils.findMergedAnnotation(type, RequestMapping.class))
                .map(RequestMapping::path)
                .filter(paths -> paths.length == 1)
                .map(paths -> paths[0])
                .orElse("");
        var paths = mapping.path().length == 0 ? new String[] {""} : mapping.path();
        return Arrays.stream(paths).map(path -> (base + path).replaceAll("\\{(?:[^{}]|\\{[^}]*})*}", "x"));
    }

    private static Optional<RequestMapping> mapping(Method method) {
        return Optional.ofNullable(AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class));
    }
}
