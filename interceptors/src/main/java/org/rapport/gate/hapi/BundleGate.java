package org.rapport.gate.hapi;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.util.UrlUtil;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.access.Action;
import org.rapport.access.Action.Interaction;
import org.rapport.access.hapi.CallerAccess;
import org.rapport.access.hapi.Preconditions;
import org.rapport.access.hapi.StoredResources;
import org.rapport.failure.Failure;
import org.rapport.failure.hapi.FailureException;
import org.rapport.mask.hapi.MaskedWrites;
import org.rapport.search.hapi.Inclusion;
import org.rapport.search.hapi.LinkedSearch;
import org.rapport.search.hapi.PrivatePages;
import org.rapport.search.hapi.Questions;
import org.rapport.search.hapi.SearchGate;
import org.rapport.search.hapi.SearchNarrowing;
import org.rapport.search.hapi.SearchesUnderWay;

/**
 * Judges the entries of a batch or transaction, each by itself and all of them before the first one runs.
 *
 * <p>An entry of a kind that is not for the caller stops the whole bundle. An entry about a resource that is hidden from
 * the caller stops a transaction; in a batch it becomes a read of a resource that never was, and so gets its answer.
 */
final class BundleGate {

    private static final Pattern ABSOLUTE = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:");

    private final CallerAccess access;
    private final StoredResources stored;
    private final LinkedSearch.Source linked;
    private final SearchesUnderWay searches;
    private final Map<Integer, PrivatePages.Search> begun = new HashMap<>();

    BundleGate(CallerAccess access, StoredResources stored, LinkedSearch.Source linked, SearchesUnderWay searches) {
        this.access = access;
        this.stored = stored;
        this.linked = linked;
        this.searches = searches;
    }

    void check(Bundle bundle) {
        for (int place = 0; place < bundle.getEntry().size(); place++) {
            var entry = bundle.getEntry().get(place);
            try {
                check(entry, place);
            } catch (FailureException e) {
                if (bundle.getType() != BundleType.BATCH || e.getStatusCode() != Failure.NOT_FOUND.status()) {
                    throw e;
                }
                entry.setResource(null);
                entry.setRequest(new Bundle.BundleEntryRequestComponent()
                        .setMethod(HTTPVerb.GET)
                        .setUrl("Patient/" + SearchNarrowing.NOBODY));
            }
        }
        SearchesUnderWay.keep(bundle, begun);
    }

    private void check(BundleEntryComponent entry, int place) {
        var request = entry.getRequest();
        if (request.getMethod() == null || !request.hasUrl()) {
            throw malformed("Each entry of the bundle needs a request with method and url");
        }
        if (ABSOLUTE.matcher(request.getUrl()).lookingAt()) {
            throw malformed("An entry of the bundle has an absolute url; send what follows the base");
        }
        var url = parse(request.getUrl());
        var type = Optional.ofNullable(url.getResourceType()).orElse("");
        var id = Optional.ofNullable(url.getResourceId());
        var action = action(request.getMethod(), type, below(request.getUrl(), type));
        checkAddress(action, id, Optional.ofNullable(url.getParams()));
        checkResource(entry, action);
        access.require(action);
        if (entry.hasResource()) {
            Preconditions.checkFormat(action, Preconditions.contentType(entry.getResource()));
        }
        MaskedWrites.check(access, action, entry.getResource());
        if (!access.caller().seesWholeTypes()) {
            checkForLimited(entry, action, id, Optional.ofNullable(url.getParams()));
        } else if (id.isPresent()) {
            Preconditions.checkNamesVersion(
                    action, Optional.ofNullable(request.getIfMatch()), () -> stored.current(action.type(), id.get()));
        }
        if (action.interaction() == Interaction.SEARCH) {
            narrow(entry, place, action, Optional.ofNullable(url.getParams()));
        }
    }

    private static Map<String, String[]> parameters(String query) {
        try {
            return UrlUtil.parseQueryString(query);
        } catch (IllegalArgumentException e) {
            throw malformed("An entry of the bundle has an url with a broken escape");
        }
    }

    private static UrlUtil.UrlParts parse(String url) {
        try {
            return UrlUtil.parseUrl(url);
        } catch (InvalidRequestException e) {
            throw malformed("An entry of the bundle has an url that is not one of FHIR's");
        }
    }

    /** What follows the type in the path of an url. */
    private static List<String> below(String url, String type) {
        var path = Stream.of(url.split("\\?", 2)[0].split("/"))
                .filter(part -> !part.isEmpty())
                .toList();
        return path.subList(path.indexOf(type) + 1, path.size());
    }

    private static Action action(HTTPVerb method, String type, List<String> below) {
        if (type.startsWith("$")) {
            return new Action(Interaction.OTHER, "", type);
        }
        if (below.size() == 2 && below.get(1).startsWith("$")) {
            return new Action(Interaction.OPERATION_INSTANCE, type, below.get(1));
        }
        return below.size() == 1 && below.get(0).startsWith("$")
                ? new Action(Interaction.OTHER, type, below.get(0))
                : Action.on(interaction(method, below), type);
    }

    private static Interaction interaction(HTTPVerb method, List<String> below) {
        boolean plain = below.isEmpty()
                || !(below.get(0).startsWith("$") || below.get(0).startsWith("_"));
        return switch (below.size()) {
            case 0 ->
                method == HTTPVerb.GET || method == HTTPVerb.HEAD
                        ? Interaction.SEARCH
                        : method == HTTPVerb.POST ? Interaction.CREATE : ofOne(method);
            case 1 -> plain ? ofOne(method) : Interaction.OTHER;
            case 2, 3 ->
                plain && method == HTTPVerb.GET && below.get(1).equals("_history")
                        ? below.size() == 2 ? Interaction.HISTORY_INSTANCE : Interaction.VREAD
                        : Interaction.OTHER;
            default -> Interaction.OTHER;
        };
    }

    private static Interaction ofOne(HTTPVerb method) {
        return switch (method) {
            case GET, HEAD -> Interaction.READ;
            case PUT -> Interaction.UPDATE;
            case PATCH -> Interaction.PATCH;
            case DELETE -> Interaction.DELETE;
            case POST, NULL -> throw malformed("An entry of the bundle has a method that does not fit its url");
        };
    }

    private static void checkAddress(Action action, Optional<String> id, Optional<String> query) {
        boolean changes = action.changes() || action.interaction() == Interaction.DELETE;
        if (changes && id.isEmpty() && query.isEmpty()) {
            throw malformed("An entry of the bundle needs an url with the id of what it changes");
        }
    }

    private static void checkResource(BundleEntryComponent entry, Action action) {
        boolean writes = action.interaction() == Interaction.CREATE || action.interaction() == Interaction.UPDATE;
        if (writes && (!entry.hasResource() || !entry.getResource().fhirType().equals(action.type()))) {
            throw malformed("An entry of the bundle needs a resource of the type that its url names");
        }
    }

    private void checkForLimited(
            BundleEntryComponent entry, Action action, Optional<String> id, Optional<String> query) {
        switch (action.interaction()) {
            case CREATE -> {
                if (query.isPresent()) {
                    throw access.denied();
                }
            }
            case UPDATE, PATCH, DELETE -> {
                if (query.isPresent()) {
                    throw access.denied();
                }
                var current = current(action.type(), id.orElseThrow(access::denied));
                access.require(action, current);
                MaskedWrites.check(access, action, entry.getResource(), current);
                Preconditions.checkVersion(
                        action, Optional.ofNullable(entry.getRequest().getIfMatch()), current);
            }
            case HISTORY_INSTANCE -> access.require(action, current(action.type(), id.orElseThrow(access::denied)));
            case SEARCH, READ, VREAD -> {}
            default -> throw access.denied();
        }
    }

    private Resource current(String type, String id) {
        return stored.current(type, id).orElseThrow(() -> new FailureException(Failure.NOT_FOUND));
    }

    private void narrow(BundleEntryComponent entry, int place, Action action, Optional<String> query) {
        var parameters = new HashMap<>(query.map(BundleGate::parameters).orElse(Map.of()));
        var mark = Optional.ofNullable(parameters.remove(PrivatePages.PAGE)).map(marks -> String.join(",", marks));
        SearchGate.check(access, action, parameters);
        if (!access.caller().readsEverything() && parameters.keySet().stream().anyMatch(Inclusion::isNamed)) {
            throw access.denied();
        }
        var asked = Questions.of(parameters);
        var answered = linked.answered(access, action.type(), asked);
        var narrowed = new ArrayList<>(answered);
        narrowed.addAll(SearchNarrowing.missing(access, action, answered));
        searches.begin(access, action.type(), answered, narrowed, mark).ifPresent(search -> {
            narrowed.removeIf(one -> one.getKey().equals(PrivatePages.OFFSET));
            search.offset()
                    .map(offset -> Map.entry(PrivatePages.OFFSET, offset.toString()))
                    .ifPresent(narrowed::add);
            begun.put(place, search);
        });
        if (!narrowed.equals(asked)) {
            entry.getRequest().setUrl(action.type() + "?" + Questions.query(narrowed));
        }
    }

    private static FailureException malformed(String text) {
        return new FailureException(Failure.malformed(text));
    }
}
