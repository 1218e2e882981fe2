package org.rapport.server.startup;

import java.util.Optional;
import java.util.stream.Stream;
import org.rapport.masterkey.UnusableMasterKey;
import org.rapport.server.StartFailure;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.web.server.PortInUseException;

/** Finds the one sentence to say about a failed start. */
final class FailureSentence {

    private FailureSentence() {}

    /** The sentence for a failure that an operator can mend, or empty for a fault of the product. */
    static Optional<String> of(Throwable failure) {
        return causes(failure).flatMap(cause -> sentence(cause).stream()).findFirst();
    }

    private static Optional<String> sentence(Throwable cause) {
        if (cause instanceof StartFailure || cause instanceof UnusableMasterKey) {
            return Optional.ofNullable(cause.getMessage());
        }
        if (cause instanceof PortInUseException port) {
            return Optional.of("Port " + port.getPort()
                    + " is in use; free it, or choose another with rapport.http.port or rapport.management.port.");
        }
        if (cause instanceof BindValidationException invalid) {
            return invalid.getValidationErrors().getAllErrors().stream()
                    .findFirst()
                    .map(error -> invalidSetting(invalid, error));
        }
        if (cause instanceof BindException bind) {
            return Optional.of("The property " + bind.getName() + " has a value that cannot be read"
                    + Optional.ofNullable(bind.getProperty())
                            .map(property -> " (\"" + property.getValue() + "\")")
                            .orElse("")
                    + "; expected " + expected(bind) + ".");
        }
        return Optional.empty();
    }

    private static String invalidSetting(
            BindValidationException invalid, org.springframework.validation.ObjectError error) {
        String name = error instanceof org.springframework.validation.FieldError field
                ? invalid.getValidationErrors().getName() + "." + dashed(field.getField()) + " has the value \""
                        + field.getRejectedValue() + "\""
                : invalid.getValidationErrors().getName().toString();
        return "The property " + name + ", which " + error.getDefaultMessage() + ".";
    }

    private static String dashed(String field) {
        return field.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
    }

    private static String expected(BindException bind) {
        Class<?> type = bind.getTarget().getType().resolve(Object.class);
        return switch (type.getSimpleName()) {
            case "int", "Integer", "long", "Long" -> "a whole number";
            case "boolean", "Boolean" -> "true or false";
            case "Duration" -> "a duration such as 30s or 5m";
            default -> "a value of its kind; docs/configuration.md lists them";
        };
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .filter(cause -> !(cause instanceof ConfigurationPropertiesBindException))
                .limit(50)
                .sorted((first, second) -> Boolean.compare(
                        second instanceof BindValidationException, first instanceof BindValidationException));
    }
}
