package org.rapport.gate.hapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ca.uhn.fhir.interceptor.api.HookParams;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.interceptor.executor.InterceptorService;
import ca.uhn.fhir.interceptor.model.RequestPartitionId;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import ca.uhn.fhir.rest.server.util.ICachedSearchDetails;
import ca.uhn.fhir.util.UrlUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rapport.access.Action.Interaction;
import org.rapport.access.Caller;
import org.rapport.access.Caller.Role;
import org.rapport.access.ConsentProvenanceRule;
import org.rapport.access.Consents;
import org.rapport.access.ConstraintMatcher;
import org.rapport.access.PublicOrigin;
import org.rapport.access.RecordOwners;
import org.rapport.access.Relations;
import org.rapport.access.Scope;
import org.rapport.access.hapi.CallerAccess;
import org.rapport.document.hapi.TestDocuments;
import org.rapport.failure.hapi.FailureException;
import org.rapport.search.hapi.PageMarks;
import org.rapport.search.hapi.PrivatePages;
import org.rapport.search.hapi.Questions;
import org.rapport.search.hapi.SearchesUnderWay;
import org.rapport.search.hapi.StoredPages;
import org.rapport.testing.TestSealing;

/** Dr X may see what is of Alice alone; the store holds what is of Bob too. */
class PrivatePagesTest {

    private static final String BASE = "http://127.0.0.1/fhir/";

    private boolean readsOneMore;
    private int searches;
    private final List<Resource> store = new ArrayList<>();
    private final PrivatePages pages = new PrivatePages(new PageMarks(new TestSealing("pages")), new Listed());
    private final CallerAccess access = access("dr-x");

    @ParameterizedTest(name = "{0}, {2} a page: {1}")
    @CsvSource({
        "aaaaaa,     aa|aa|aa,  2, false",
        "abbaaba,    aa|aa,     2, false",
        "bbbb,       '',        2, false",
        "abbb,       a,         2, false",
        "aabbbb,     aa,        2, false",
        "bbbbbbbbba, a,         1, false",
        "abababab,   a|a|a|a,   1, false",
        "ab,         a,         5, false",
        "aaaaaa,     aa|aa|aa,  2, true",
        "aaaaa,      aa|aa|a,   2, true",
        "abbaaba,    aa|aa,     2, true",
        "aabaa,      aa|aa,     2, true",
        "baaba,      aa|a,      2, true",
        "bbbb,       '',        2, true",
        "abbb,       a,         2, true",
        "aabbbb,     aa,        2, true",
        "bbbbbbbbba, a,         1, true",
        "abababab,   a|a|a|a,   1, true",
        "ab,         a,         5, true",
    })
    void areFullAsLongAsThereIsMoreToSee(String stored, String seen, int count, boolean oneMore) {
        readsOneMore = oneMore;
        fill(stored);
        assertThat(String.join("|", read(count))).isEqualTo(seen);
    }

    @Test
    void areFollowedByAnotherWithoutASearchForIt() {
        readsOneMore = true;
        fill("aaaa");
        assertThat(mark(page(2, Optional.empty()))).isPresent();
        assertThat(searches).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0}: {1} matches are read")
    @CsvSource({
        "code=x&_count=2, 3",
        "code=x, 51",
        "_count=0, 20",
        "code=x&_count=2&_include=Observation:subject, 20",
        "_text=x&_count=2, 20",
        "_content=x&_count=2, 20",
        "_summary=count, 20",
    })
    void areReadWithOneMatchMore(String query, int read) {
        var hooks = new InterceptorService();
        hooks.registerInterceptor(new OneMoreInterceptor());
        var request = new ServletRequestDetails();
        request.setParameters(UrlUtil.parseQueryString(query));
        new SearchesUnderWay(pages).begin(request, access, "Observation", Questions.of(request.getParameters()));
        var search = new SearchParameterMap().setCount(20);
        hooks.callHooks(
                Pointcut.STORAGE_PRESEARCH_REGISTERED,
                new HookParams()
                        .add(ICachedSearchDetails.class, null)
                        .add(RequestDetails.class, request)
                        .add(ServletRequestDetails.class, request)
                        .add(SearchParameterMap.class, search)
                        .add(RequestPartitionId.class, null));
        assertThat(search.getCount()).isEqualTo(read);
    }

    @Test
    void tellNothingByTheirLinks() {
        fill("abba");
        var first = page(1, Optional.empty());
        assertThat(first.getLink())
                .hasSize(2)
                .allSatisfy(link -> assertThat(link.getUrl()).doesNotContain("_offset"));
        assertThat(mark(first)).isPresent();
    }

    @Test
    void areForNobodyElseAndForNoOtherSearch() {
        fill("aaaa");
        var mark = mark(page(1, Optional.empty()));
        assertThat(begin(access, mark, "x", 3).offset()).contains(1);
        assertHidden(access("dr-y"), mark, "x");
        assertHidden(access, mark, "y");
        assertHidden(access, Optional.of("A".repeat(54)), "x");
        assertHidden(access, Optional.of("?"), "x");
    }

    private void assertHidden(CallerAccess caller, Optional<String> mark, String code) {
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> begin(caller, mark, code, 1))
                .satisfies(refused -> assertThat(refused.getStatusCode()).isEqualTo(404));
    }

    private List<String> read(int count) {
        var seen = new ArrayList<String>();
        Optional<String> mark = Optional.empty();
        do {
            var page = page(count, mark);
            seen.add("a".repeat(page.getEntry().size()));
            mark = mark(page);
        } while (mark.isPresent());
        return seen;
    }

    /** As the store answers, without what is hidden, and then as the caller gets it; a gap keeps it from naming a next page. */
    private Bundle page(int count, Optional<String> mark) {
        var search = begin(access, mark, "x", count);
        int offset = search.offset().orElse(0);
        var answer = new Bundle();
        answer.addLink().setRelation("self").setUrl(BASE + "Observation?code=x&_offset=" + offset);
        int read = readsOneMore ? count + 1 : count;
        var found = new Listed().page("Observation", List.of(), offset, read);
        boolean hidden = !found.stream().allMatch(resource -> access.may(Interaction.SEARCH, resource));
        if (!hidden && offset + read < store.size()) {
            answer.addLink().setRelation("next").setUrl(BASE + "Observation?code=x&_offset=" + (offset + count));
        }
        found.stream()
                .filter(resource -> access.may(Interaction.SEARCH, resource))
                .forEach(resource ->
                        answer.addEntry().setResource(resource).getSearch().setMode(SearchEntryMode.MATCH));
        pages.end(access, search, answer, readsOneMore, hidden);
        return answer;
    }

    private PrivatePages.Search begin(CallerAccess caller, Optional<String> mark, String code, int count) {
        var asked = List.of(Map.entry("code", code), Map.entry("_count", String.valueOf(count)));
        return pages.begin(caller, "Observation", asked, asked, mark);
    }

    private static Optional<String> mark(Bundle page) {
        return Optional.ofNullable(page.getLink("next"))
                .map(link -> link.getUrl().substring(link.getUrl().indexOf("_page=") + "_page=".length()));
    }

    private void fill(String owners) {
        IntStream.range(0, owners.length()).forEach(index -> {
            var patient = owners.charAt(index) == 'a' ? "alice" : "bob";
            var observation = new Observation().setSubject(new Reference("Patient/" + patient));
            observation.setId("Observation/" + index);
            store.add(observation);
        });
    }

    private static CallerAccess access(String user) {
        var source = new CallerAccess.Source(
                new Relations(practitioner -> Set.of("alice"), other -> Set.of()),
                new RecordOwners(new PublicOrigin("http://127.0.0.1"), (type, id) -> Optional.empty()),
                ConstraintMatcher.NONE,
                (caller, relations, stage) -> Consents.Asked.NEVER,
                TestDocuments.NONE,
                new ConsentProvenanceRule(new PublicOrigin("http://127.0.0.1"), id -> Optional.empty()));
        return source.of(new Caller(
                user,
                "app",
                Set.of(Role.CLINICIAN),
                Scope.parseAll("user/*.rs"),
                Optional.of("Practitioner/" + user),
                Optional.empty()));
    }

    private final class Listed implements StoredPages {

        @Override
        public boolean keep(String type) {
            return true;
        }

        @Override
        public List<Resource> page(String type, List<Map.Entry<String, String>> parameters, int offset, int count) {
            searches++;
            return store.stream().skip(offset).limit(count).toList();
        }
    }
}
