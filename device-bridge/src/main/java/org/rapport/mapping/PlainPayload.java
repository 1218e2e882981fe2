package org.rapport.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Understands the plain payload {@code {"value": 72, "unit": "bpm", "timestamp": "2026-03-01T08:15:30+01:00"}}; a blood
 * pressure has {@code systolic} and {@code diastolic} instead of the value. Other fields are left out of account.
 *
 * @param clock tells which times are in the future
 */
public record PlainPayload(Clock clock) {

    private static final int MOST_DIGITS = 20;
    private static final int LONGEST_UNIT = 30;

    /**
     * Reads a payload.
     *
     * @param deviceId the device that published it
     * @param type what its topic names, such as heart-rate
     */
    public Mapped map(String deviceId, String type, byte[] payload) {
        try {
            var known = ReadingType.of(type).orElseThrow(() -> unknown(type));
            var json = StrictJson.object(payload);
            requireSameDevice(json, deviceId);
            var time = ReadingTime.of(json.path("timestamp"), clock.instant());
            return new Mapped.Understood(
                    new Reading(known, time.text(), time.at(), values(known, json), patient(json)));
        } catch (RefusedPayload e) {
            return e.refused();
        }
    }

    private static RefusedPayload unknown(String type) {
        return new RefusedPayload(
                Refusal.NOT_SUPPORTED,
                switch (type) {
                    case "batch" -> "Batches are not taken; send each reading on the topic of its type.";
                    case "waveform" -> "Waveforms are not taken.";
                    default -> "Unknown reading type; send one of the catalogue, such as heart-rate.";
                });
    }

    private static void requireSameDevice(JsonNode json, String deviceId) {
        for (var name : List.of("deviceId", "deviceid")) {
            if (json.has(name) && !json.path(name).asText().equals(deviceId)) {
                throw new RefusedPayload(
                        Refusal.CONFLICT, "The payload names another device than its topic; send the device's own id.");
            }
        }
    }

    private static Optional<String> patient(JsonNode json) {
        for (var name : List.of("patientId", "patientid")) {
            if (json.hasNonNull(name)) {
                return Optional.of(json.path(name).asText());
            }
        }
        return Optional.empty();
    }

    private static List<Reading.Value> values(ReadingType type, JsonNode json) {
        var unit = unit(json.path("unit"));
        var values = new ArrayList<Reading.Value>();
        for (var field : type.fields()) {
            values.add(new Reading.Value(field.measure(), value(field, json, unit)));
        }
        if (type == ReadingType.BLOOD_PRESSURE
                && values.get(0).value().compareTo(values.get(1).value()) <= 0) {
            throw new RefusedPayload(Refusal.OUT_OF_RANGE, "The systolic pressure must be above the diastolic one.");
        }
        return values;
    }

    private static String unit(JsonNode node) {
        var unit = node.isTextual() ? node.asText() : "";
        if (unit.isBlank() || unit.length() > LONGEST_UNIT) {
            throw new RefusedPayload(Refusal.CODE_INVALID, "The unit is missing; it is never guessed.");
        }
        return unit;
    }

    private static BigDecimal value(ReadingType.Field field, JsonNode json, String unit) {
        var measure = field.measure();
        var sent = number(field.name(), json.path(field.name()));
        var value = measure.inOwnUnit(sent, unit)
                .orElseThrow(() -> new RefusedPayload(
                        Refusal.CODE_INVALID,
                        "Unknown unit \"" + printable(unit) + "\" for " + name(measure) + "; send " + measure.unit()
                                + "."));
        if (!measure.isPossible(value)) {
            throw new RefusedPayload(
                    Refusal.OUT_OF_RANGE, "Expected " + name(measure) + " from " + measure.range() + ".");
        }
        return value;
    }

    private static BigDecimal number(String field, JsonNode node) {
        if (node.isNumber()) {
            var value = node.decimalValue();
            if (value.precision() <= MOST_DIGITS && Math.abs(value.scale()) <= MOST_DIGITS) {
                return value.scale() < 0 ? value.setScale(0) : value;
            }
        }
        throw new RefusedPayload(
                Refusal.VALUE, "Expected a number of at most " + MOST_DIGITS + " digits in the field " + field + ".");
    }

    private static String name(Measure measure) {
        return measure.concept().getText();
    }

    private static String printable(String unit) {
        return unit.replaceAll("[^\\p{L}\\p{N} /%°\\[\\]{}._-]", "?");
    }
}
