package org.rapport.access.hapi;

import ca.uhn.fhir.jpa.searchparam.matcher.InMemoryResourceMatcher;
import ca.uhn.fhir.jpa.searchparam.matcher.SearchParamMatcher;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.access.ConstraintMatcher;
import org.rapport.access.ScopeConstraint;

/**
 * Compares in memory, by the search parameters that are active on this server; what needs the database is not understood.
 *
 * @param searches tells what it can compare
 * @param matcher looks at the compared parameters alone
 */
record InMemoryConstraints(InMemoryResourceMatcher searches, SearchParamMatcher matcher) implements ConstraintMatcher {

    @Override
    public boolean understands(String type, ScopeConstraint constraint) {
        try {
            return searches.canBeEvaluatedInMemory(search(type, constraint)).supported();
        } catch (InvalidRequestException | DataFormatException | IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    public boolean matches(ScopeConstraint constraint, Resource resource) {
        try {
            var found = matcher.match(search(resource.fhirType(), constraint), resource, new SystemRequestDetails());
            return found.supported() && found.matched();
        } catch (InvalidRequestException | DataFormatException | IllegalArgumentException e) {
            return false;
        }
    }

    private static String search(String type, ScopeConstraint constraint) {
        return type + "?" + constraint.text();
    }
}
