package org.rapport.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Consent;

/**
 * An option of a Consent that a patient chose anew: a value of one of the elements that say whether it counts, under which
 * policy, and what it permits to whom.
 *
 * @param path of the value, such as {@code provision.provision[0].type}
 * @param before empty where there was none
 * @param after empty where there is none any more
 */
public record OptionChange(String path, Optional<String> before, Optional<String> after) {

    private static final List<String> OPTIONS =
            List.of("status", "scope", "category", "organization", "performer", "policy", "policyRule", "provision");

    /** What changed between two versions of a Consent, in order of paths. */
    public static List<OptionChange> between(Consent before, Consent after) {
        var old = options(before);
        var young = options(after);
        var paths = new TreeSet<>(old.keySet());
        paths.addAll(young.keySet());
        var changes = new ArrayList<OptionChange>();
        for (var path : paths) {
            var change =
                    new OptionChange(path, Optional.ofNullable(old.get(path)), Optional.ofNullable(young.get(path)));
            if (!change.before().equals(change.after())) {
                changes.add(change);
            }
        }
        return changes;
    }

    private static Map<String, String> options(Consent consent) {
        var options = new TreeMap<String, String>();
        consent.children().stream()
                .filter(child -> OPTIONS.contains(child.getName()))
                .forEach(child -> collect(child.getName(), child.isList(), child.getValues(), options));
        return options;
    }

    private static void collect(String path, boolean list, List<? extends Base> values, Map<String, String> options) {
        for (int index = 0; index < values.size(); index++) {
            var value = values.get(index);
            var place = list ? path + "[" + index + "]" : path;
            if (value.isPrimitive() && value.hasPrimitiveValue()) {
                options.put(place, value.primitiveValue());
            }
            value.children()
                    .forEach(child ->
                            collect(place + "." + child.getName(), child.isList(), child.getValues(), options));
        }
    }
}
