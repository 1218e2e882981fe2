package org.rapport.consent.fhir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;

/** A provision as a row: the columns of its groups, filled from above where it says nothing of a group. */
record Row(String effect, boolean dark, boolean pcf, Map<String, ProvisionComponent> groups) {

    void fill(Map<List<Integer>, Row> table, List<Integer> place, ProvisionComponent provision) {
        var all = new HashMap<>(groups);
        stated(provision).forEach(group -> all.put(group, provision));
        var own = place.isEmpty() ? effect : provision.getType().toCode();
        var row = new Row(own, dark || provision.hasModifierExtension(), pcf, all);
        table.put(place, row);
        for (int child = 0; child < provision.getProvision().size(); child++) {
            var below = new ArrayList<>(place);
            below.add(child);
            row.fill(table, below, provision.getProvision().get(child));
        }
    }

    private static Set<String> stated(ProvisionComponent provision) {
        var groups = new HashSet<String>();
        if (provision.hasActor()) {
            groups.add("actor");
        }
        if (provision.hasPurpose()) {
            groups.add("purpose");
        }
        if (provision.hasAction()) {
            groups.add("action");
        }
        if (provision.hasPeriod()) {
            groups.add("period");
        }
        if (provision.hasSecurityLabel()
                || provision.hasClass_()
                || provision.hasCode()
                || provision.hasDataPeriod()
                || provision.hasData()) {
            groups.add("data");
        }
        return groups;
    }

    static boolean isBelow(List<Integer> lower, List<Integer> upper) {
        return lower.size() > upper.size() && lower.subList(0, upper.size()).equals(upper);
    }
}
