package org.rapport.export.hapi;

import ca.uhn.fhir.context.FhirContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.access.RecordOwners;
import org.rapport.access.hapi.ExportAccess;
import org.rapport.export.ExportJob;
import org.rapport.export.ExportParameters;
import org.rapport.export.ExportRefused;
import org.rapport.export.ExportedRecords;
import org.rapport.export.hapi.StoredIds.Place;
import org.rapport.failure.Failure;
import org.rapport.relation.hapi.InForce;
import org.rapport.relation.hapi.StoredSearch;

/**
 * Reads from HAPI's store.
 *
 * <p>A resource in the records of several patients is taken with the first of them, and only when the export is about all
 * of them.
 */
final class RecordReader implements ExportedRecords {

    private static final FhirContext FHIR = FhirContext.forR4Cached();
    private static final int PAGE = 200;

    /** Whole resources in memory: each may be as large as a request. */
    private static final int AT_ONCE = 20;

    private final StoredIds ids;
    private final StoredSearch stored;
    private final RecordOwners owners;
    private final ExportAccess.Source rights;
    private final Bounds bounds;

    RecordReader(StoredIds ids, StoredSearch stored, RecordOwners owners, ExportAccess.Source rights, Bounds bounds) {
        this.ids = ids;
        this.stored = stored;
        this.owners = owners;
        this.rights = rights;
        this.bounds = bounds;
    }

    /**
     * What bounds a cohort.
     *
     * @param inForce which memberships count
     * @param patients the most there may be
     */
    record Bounds(InForce inForce, int patients) {}

    @Override
    public Set<String> cohort(ExportJob job, Runnable held) {
        var caller = job.requester().caller();
        var access = rights.of(caller);
        var order = job.order();
        var named = order.group()
                .map(group -> members(access, group))
                .orElseGet(() -> order.patients().isEmpty() ? ids.patients(bounds.patients() + 1) : order.patients());
        if (named.size() > bounds.patients()) {
            throw ExportRefused.tooLarge();
        }
        return caller.seesWholeTypes() ? ids.existing(named) : readable(access, List.copyOf(named), held);
    }

    private Set<String> members(ExportAccess access, String id) {
        var group = stored.find(Group.class, Set.of(id))
                .filter(access::mayName)
                .findFirst()
                .orElseThrow(() -> new ExportRefused(Failure.DENIED));
        boolean counts = !(group.hasActive() && !group.getActive()) && group.getActual();
        return group.getMember().stream()
                .filter(member -> counts && !member.getInactive())
                .filter(member -> bounds.inForce().isNow(member.getPeriod()))
                .flatMap(member -> owners.idOf(member.getEntity(), "Patient"))
                .collect(Collectors.toSet());
    }

    private Set<String> readable(ExportAccess access, List<String> named, Runnable held) {
        var readable = new HashSet<String>();
        for (int from = 0; from < named.size(); from += PAGE) {
            held.run();
            stored.find(Patient.class, named.subList(from, Math.min(named.size(), from + PAGE)))
                    .filter(access::mayName)
                    .map(patient -> patient.getIdElement().getIdPart())
                    .forEach(readable::add);
        }
        return readable;
    }

    @Override
    public void read(ExportJob job, Set<String> patients, Output output) {
        var sought =
                new StoredIds.Sought(types(job), ids.rows(patients), job.order().since(), job.until());
        List<Place> page;
        var place = Place.BEGIN;
        do {
            output.held();
            page = ids.page(sought, place, PAGE);
            for (int from = 0; from < page.size(); from += AT_ONCE) {
                take(job, page.subList(from, Math.min(page.size(), from + AT_ONCE)), patients, output);
            }
            if (!page.isEmpty()) {
                place = page.get(page.size() - 1);
            }
        } while (page.size() == PAGE);
    }

    private Set<String> types(ExportJob job) {
        var access = rights.of(job.requester().caller());
        var asked = job.order().types();
        return (asked.isEmpty() ? ExportParameters.exportable() : asked)
                .stream().filter(access::reaches).collect(Collectors.toSet());
    }

    private void take(ExportJob job, List<Place> page, Set<String> patients, Output output) {
        var access = rights.of(job.requester().caller());
        var resources = new ArrayList<Resource>();
        page.stream()
                .collect(Collectors.groupingBy(Place::type, LinkedHashMap::new, Collectors.toList()))
                .forEach((type, places) -> resources.addAll(
                        current(type, places.stream().map(Place::id).toList())));
        resources.removeIf(
                resource -> resource.getMeta().getLastUpdated().toInstant().isAfter(job.until()));
        access.prepare(resources.stream());
        var json = FHIR.newJsonParser();
        for (var resource : resources) {
            var whose = owners.patients(resource);
            if (isDue(whose, patients, output) && access.mayTake(resource)) {
                output.add(new Line(resource.fhirType(), whose, json.encodeResourceToString(resource)));
            }
        }
    }

    private List<? extends Resource> current(String type, Collection<String> wanted) {
        Class<? extends Resource> model =
                FHIR.getResourceDefinition(type).getImplementingClass().asSubclass(Resource.class);
        return stored.find(model, wanted).toList();
    }

    private static boolean isDue(Set<String> whose, Set<String> patients, Output output) {
        return !whose.isEmpty()
                && patients.contains(Collections.min(whose))
                && (patients.containsAll(whose) || output.among(whose).containsAll(whose));
    }
}
