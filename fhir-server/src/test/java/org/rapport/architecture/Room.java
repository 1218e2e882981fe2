package org.rapport.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A module of the product. */
enum Room {
    IG,
    INTERCEPTORS,
    SMART_AUTH,
    SUBSCRIPTIONS,
    SCHEDULING,
    DEVICE_BRIDGE,
    FHIR_SERVER;

    private static final Pattern FOLDER = Pattern.compile("/([a-z-]+)/target/classes/");
    private static final Pattern JAR = Pattern.compile("/rapport-([a-z-]+)-[^/]*\\.jar!/");

    /** The arrows: whether this module may know another. */
    boolean mayUse(Room other) {
        return this == other
                || switch (this) {
                    case IG -> false;
                    case INTERCEPTORS -> other == IG;
                    case SMART_AUTH -> other == INTERCEPTORS;
                    case SUBSCRIPTIONS, SCHEDULING, DEVICE_BRIDGE -> other == INTERCEPTORS || other == IG;
                    case FHIR_SERVER -> true;
                };
    }

    /** The module that a class was compiled in; empty for what is none of ours. */
    static Optional<Room> of(JavaClass type) {
        return type.getSource().map(source -> source.getUri().toString()).flatMap(Room::ofLocation);
    }

    static Optional<Room> ofLocation(String uri) {
        return JAR.matcher(uri)
                .results()
                .findFirst()
                .or(() -> FOLDER.matcher(uri).results().findFirst())
                .flatMap(match -> named(match.group(1)));
    }

    private static Optional<Room> named(String folder) {
        return Arrays.stream(values())
                .filter(room -> room.folder().equals(folder))
                .findFirst();
    }

    private String folder() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
