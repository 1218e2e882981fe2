package org.rapport.delivery.hapi;

import org.hl7.fhir.r4.model.Resource;
import org.rapport.access.AccessRules;
import org.rapport.access.Action;
import org.rapport.access.Action.Interaction;
import org.rapport.access.Caller;
import org.rapport.access.Reach;
import org.rapport.access.RecordOwners;
import org.rapport.delivery.AuthorRights;

/**
 * Asks the one access decision.
 *
 * @param rules decide
 * @param owners whose record a resource belongs to
 */
record DecidedRights(AccessRules rules, RecordOwners owners) implements AuthorRights {

    @Override
    public boolean mayWatch(Caller author, String type) {
        return reaches(author, Interaction.SEARCH, type) && reaches(author, Interaction.READ, type);
    }

    @Override
    public boolean mayRead(Caller author, Resource resource) {
        return rules.decide(author, Action.on(Interaction.READ, resource.fhirType()), owners.target(resource))
                .permitted();
    }

    private boolean reaches(Caller author, Interaction interaction, String type) {
        return !(rules.reach(author, Action.on(interaction, type)) instanceof Reach.Nothing);
    }
}
