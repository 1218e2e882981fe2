package org.rapport.search.hapi;

import ca.uhn.fhir.jpa.searchparam.matcher.InMemoryResourceMatcher;
import ca.uhn.fhir.jpa.searchparam.matcher.SearchParamMatcher;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import java.util.Set;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.access.ConstraintMatcher;
import org.rapport.access.ScopeConstraint;

/**
 * Compares in memory, by the search parameters that are active on this server; what needs the database is not understood.
 *
 * @param searches tells what it can compare
 * @param matcher looks at the compared parameters alone
 * @param parameters tells what they look at
 */
public record InMemoryConstraints(
        InMemoryResourceMatcher searches, SearchParamMatcher matcher, ISearchParamRegistry parameters)
        implements ConstraintMatcher {

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

    @Override
    public boolean asksAbout(String type, ScopeConstraint constraint, Set<String> elements) {
        return constraint.parameters().stream()
                .map(parameter -> parameter.name().split("[.:]", 2)[0])
                .anyMatch(name -> MaskedQuestions.touches(parameters, type, name, elements));
    }

    private static String search(String type, ScopeConstraint constraint) {
        return type + "?" + constraint.text();
    }
}
