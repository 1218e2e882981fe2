package org.rapport.delivery.hapi;

import org.hl7.fhir.r4.model.Resource;
import org.rapport.access.AccessRules;
import org.rapport.access.Action;
import org.rapport.access.Action.Interaction;
import org.rapport.access.Caller;
import org.rapport.access.ConsentProvenanceRule;
import org.rapport.access.Consents;
import org.rapport.access.ConstraintMatcher;
import org.rapport.access.Reach;
import org.rapport.access.RecordOwners;
import org.rapport.access.Relations;
import org.rapport.delivery.AuthorRights;

/**
 * Asks the one access decision, and the patients' consents: what is delivered leaves the house without anybody asking for it.
 *
 * @param relations tie people to patients
 * @param constraints are what scopes are limited to
 * @param owners whose record a resource belongs to
 * @param consents what patients take away
 * @param provenances what hides with a Consent
 */
record DecidedRights(
        Relations relations,
        ConstraintMatcher constraints,
        RecordOwners owners,
        Consents consents,
        ConsentProvenanceRule provenances)
        implements AuthorRights {

    @Override
    public boolean mayWatch(Caller author, String type) {
        return reaches(author, Interaction.SEARCH, type) && reaches(author, Interaction.READ, type);
    }

    @Override
    public boolean mayRead(Caller author, Resource resource) {
        return isOpen(author, resource) && provenances.isOpen(resource, told -> isOpen(author, told));
    }

    private boolean isOpen(Caller author, Resource resource) {
        var once = relations.once();
        var action = Action.on(Interaction.READ, resource.fhirType());
        var target = owners.target(resource);
        return new AccessRules(once, constraints).decide(author, action, target).permitted()
                && consents.by(author, once, Consents.Stage.READING)
                        .decide(action, target)
                        .permitted();
    }

    private boolean reaches(Caller author, Interaction interaction, String type) {
        return !(new AccessRules(relations, constraints).reach(author, Action.on(interaction, type))
                instanceof Reach.Nothing);
    }
}
