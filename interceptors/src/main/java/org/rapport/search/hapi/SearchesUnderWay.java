package org.rapport.search.hapi;

import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hl7.fhir.r4.model.Bundle;
import org.rapport.access.hapi.CallerAccess;
import org.rapport.failure.Failure;
import org.rapport.failure.hapi.FailureException;
import org.rapport.search.hapi.PrivatePages.Search;

/**
 * Keeps with a request which searches it makes, from their questions to their answers. Those of systems that see whole types,
 * and those that the store does not answer, have pages of their own.
 */
public record SearchesUnderWay(PrivatePages pages) {

    private static final String MARK = SearchesUnderWay.class.getName() + ".mark";
    private static final String SEARCH = SearchesUnderWay.class.getName() + ".search";
    private static final String ONE_MORE = SearchesUnderWay.class.getName() + ".one-more";
    private static final String HIDDEN = SearchesUnderWay.class.getName() + ".hidden";

    /** Gets ready to hear of what is left out of the answers to a request, those to the parts of a batch included. */
    public static void listen(ServletRequestDetails request) {
        request.getUserData().put(HIDDEN, new AtomicBoolean());
    }

    /** Hears that something was left out. */
    public static void leftOut(RequestDetails request) {
        if (request.getUserData().get(HIDDEN) instanceof AtomicBoolean hidden) {
            hidden.set(true);
        }
    }

    /** Takes the mark of a page out of the parameters, which HAPI does not know. */
    public void take(ServletRequestDetails request) {
        var parameters = new HashMap<>(request.getParameters());
        var marks = parameters.remove(PrivatePages.PAGE);
        if (marks != null) {
            request.setParameters(parameters);
            request.getUserData().put(MARK, String.join(",", marks));
        }
    }

    /** Begins the search of a request, of which the parameters are narrowed by now. */
    public void begin(
            ServletRequestDetails request, CallerAccess access, String type, List<Map.Entry<String, String>> asked) {
        var mark = Optional.ofNullable((String) request.getUserData().get(MARK));
        begin(access, type, asked, Questions.of(request.getParameters()), mark).ifPresent(search -> {
            search.offset().ifPresent(offset -> {
                var parameters = new HashMap<>(request.getParameters());
                parameters.put(PrivatePages.OFFSET, new String[] {offset.toString()});
                request.setParameters(parameters);
            });
            request.getUserData().put(SEARCH, search);
        });
    }

    /** Has the store read one match more than the page holds, which tells whether there is a next page without a search of its own. */
    public static void readOneMore(RequestDetails request, SearchParameterMap stored) {
        if (request.getUserData().get(SEARCH) instanceof Search search && search.mayReadOneMore()) {
            stored.setCount(search.count() + 1);
            request.getUserData().put(ONE_MORE, true);
        }
    }

    /** Begins a search; empty where its pages are not private. */
    public Optional<Search> begin(
            CallerAccess access,
            String type,
            List<Map.Entry<String, String>> asked,
            List<Map.Entry<String, String>> narrowed,
            Optional<String> mark) {
        if (access.caller().seesWholeTypes() || !pages.stored().keep(type)) {
            if (mark.isPresent()) {
                throw new FailureException(Failure.NOT_FOUND);
            }
            return Optional.empty();
        }
        return Optional.of(pages.begin(access, type, asked, narrowed, mark));
    }

    /** Keeps the searches of a bundle, by the place of the entry. */
    public static void keep(Bundle asked, Map<Integer, Search> searches) {
        asked.setUserData(SEARCH, searches);
    }

    /** Ends the search of a request, or those of the bundle it sent. */
    public void end(ServletRequestDetails request, CallerAccess access, Bundle answer) {
        boolean hidden = request.getUserData().get(HIDDEN) instanceof AtomicBoolean heard && heard.get();
        if (request.getUserData().get(SEARCH) instanceof Search search) {
            pages.end(access, search, answer, request.getUserData().containsKey(ONE_MORE), hidden);
        }
        if (hidden && "$everything".equals(request.getOperation())) {
            PrivatePages.goOn(answer, Questions.of(request.getParameters()));
        }
        if (request.getResource() instanceof Bundle asked && asked.getUserData(SEARCH) instanceof Map<?, ?> searches) {
            searches.forEach((place, search) -> {
                if (answer.getEntry().size() > (Integer) place
                        && answer.getEntry().get((Integer) place).getResource() instanceof Bundle found) {
                    pages.end(access, (Search) search, found, false, hidden);
                }
            });
        }
    }
}
