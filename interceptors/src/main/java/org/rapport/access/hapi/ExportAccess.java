package org.rapport.access.hapi;

import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.access.Action.Interaction;
import org.rapport.access.Caller;

/** Asks the access decision what a system may take away in bulk: by its scopes, and by the consents of the patients. */
public final class ExportAccess {

    private final CallerAccess scopes;
    private final CallerAccess consented;

    private ExportAccess(CallerAccess scopes, CallerAccess consented) {
        this.scopes = scopes;
        this.consented = consented;
    }

    /** Finds out for each system. */
    public static final class Source {

        private final CallerAccess.Source callers;

        /** By the access of callers. */
        public Source(CallerAccess.Source callers) {
            this.callers = callers;
        }

        /** What a system may take as of now. */
        public ExportAccess of(Caller system) {
            return new ExportAccess(callers.of(system), callers.exporting(system));
        }
    }

    /** Whether there may be resources of a type that its scopes let it find and read. */
    public boolean reaches(String type) {
        return scopes.reaches(Interaction.SEARCH, type) && scopes.reaches(Interaction.READ, type);
    }

    /** Whether its scopes let it read a resource, whatever the patients say: so it is named as what to export. */
    public boolean mayName(Resource resource) {
        return scopes.may(Interaction.READ, resource);
    }

    /** Lets the consents about these resources be read in one go. */
    public void prepare(Stream<Resource> resources) {
        consented.prepare(resources);
    }

    /** Whether scopes and consents let it take a resource, all of it. */
    public boolean mayTake(Resource resource) {
        return scopes.decide(Interaction.SEARCH, resource).permitted()
                && consented.decide(Interaction.READ, resource).permitted();
    }
}
