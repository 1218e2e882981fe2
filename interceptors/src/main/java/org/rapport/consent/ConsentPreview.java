package org.rapport.consent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.rapport.consent.Use.House;
import org.rapport.consent.Use.Recipient;

/**
 * Compares what somebody sees of a record now with what they would see under other consents.
 *
 * @param now the present
 * @param house what the organization has laid down
 * @param before the consents on file
 * @param after the consents as they would be
 */
public record ConsentPreview(Instant now, House house, List<RecordedConsent> before, List<RecordedConsent> after) {

    private static final String TREATMENT = "TREAT";

    /** Keeps its own copies. */
    public ConsentPreview {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    /**
     * How many resources of a type come and go for somebody.
     *
     * @param type resource type
     * @param gained how many would be seen that are hidden now
     * @param lost how many would be hidden that are seen now
     */
    public record Change(String type, int gained, int lost) {

        private Change and(Change other) {
            return new Change(type, gained + other.gained, lost + other.lost);
        }
    }

    /** What changes for a recipient who treats the patient, by type; types without a change are left out. */
    public List<Change> changes(Recipient recipient, Collection<ProtectedResource> resources) {
        var use = new Use(recipient, TREATMENT, Use.Action.ACCESS, now, house);
        Map<String, Change> changes = new TreeMap<>();
        for (var resource : resources) {
            boolean seen = ConsentRules.decide(use, resource, before).permitted();
            boolean wouldBeSeen = ConsentRules.decide(use, resource, after).permitted();
            if (seen != wouldBeSeen) {
                var change = new Change(resource.type(), wouldBeSeen ? 1 : 0, seen ? 1 : 0);
                changes.merge(resource.type(), change, Change::and);
            }
        }
        return new ArrayList<>(changes.values());
    }
}
