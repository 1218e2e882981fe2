package org.rapport.audit.hapi;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.rapport.access.RecordOwners;
import org.rapport.audit.Entity;
import org.rapport.document.hapi.AttachedFile;
import org.rapport.document.hapi.StoredDocuments;

/**
 * Finds the patients whose record a request touches.
 *
 * @param owners of what is no file
 * @param documents say whose the files are
 */
record TouchedPatients(RecordOwners owners, StoredDocuments documents) {

    /** Those in the answer, and those whose record was asked for, be it by name or by what was sent along. */
    Set<String> of(Entity asked, @Nullable IBaseResource sent, @Nullable IBaseResource shown) {
        var patients = new HashSet<String>();
        if (asked.type().filter("Patient"::equals).isPresent()) {
            asked.id().ifPresent(patients::add);
        }
        parts(sent).forEach(part -> collect(part, patients));
        patients.removeIf(id -> !new IdType("Patient", id).isIdPartValid());
        collect(shown, patients);
        documents.naming(files(shown)).forEach(document -> patients.addAll(owners.patients(document)));
        return patients;
    }

    /** What an answer shows, be it in bundles. */
    static Stream<IBaseResource> contents(@Nullable IBaseResource shown) {
        return contents(shown, bundle -> true);
    }

    /** The same as it was decided about: documents as wholes. */
    static Stream<IBaseResource> decided(@Nullable IBaseResource shown) {
        return contents(shown, bundle -> bundle.getType() != BundleType.DOCUMENT);
    }

    private static Stream<IBaseResource> contents(@Nullable IBaseResource shown, Predicate<Bundle> isOpened) {
        return shown instanceof Bundle bundle && isOpened.test(bundle)
                ? bundle.getEntry().stream().flatMap(entry -> contents(entry.getResource(), isOpened))
                : Stream.ofNullable(shown);
    }

    private static Stream<IBaseResource> parts(@Nullable IBaseResource sent) {
        return sent instanceof Parameters parameters
                ? parameters.getParameter().stream().flatMap(each -> Stream.ofNullable(each.getResource()))
                : Stream.ofNullable(sent);
    }

    /** A file is about the patients of the documents that name it. */
    private static Set<AttachedFile> files(@Nullable IBaseResource shown) {
        return contents(shown)
                .filter(Binary.class::isInstance)
                .flatMap(file -> AttachedFile.names((Binary) file, true).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    private void collect(@Nullable IBaseResource shown, Set<String> patients) {
        if (shown instanceof Resource resource) {
            patients.addAll(owners.met(resource));
        }
    }
}
