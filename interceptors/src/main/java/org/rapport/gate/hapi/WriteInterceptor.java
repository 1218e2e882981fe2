package org.rapport.gate.hapi;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.storage.TransactionDetails;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.rapport.access.Action;
import org.rapport.access.Action.Interaction;
import org.rapport.access.AuthorRules;
import org.rapport.access.hapi.CallerAccess;
import org.rapport.access.hapi.RequestActions;
import org.rapport.access.hapi.VisibleReferences;
import org.rapport.condition.hapi.ConditionalCreates;
import org.rapport.failure.Failure;
import org.rapport.failure.hapi.FailureException;
import org.rapport.mask.hapi.MaskedView;
import org.rapport.mask.hapi.MaskedWrites;

/**
 * Judges each write inside its transaction, by what was stored and by what would be: a resource can be moved neither into
 * nor out of a record, carries the name of who wrote it, and refers to nothing that is hidden from them. The server's own
 * background work has no caller and passes.
 */
@Interceptor
class WriteInterceptor {

    private final CallerAccess.Source callers;
    private final AuthorRules authors;
    private final VisibleReferences references;
    private final ConditionalCreates conditions;

    WriteInterceptor(
            CallerAccess.Source callers,
            AuthorRules authors,
            VisibleReferences references,
            ConditionalCreates conditions) {
        this.callers = callers;
        this.authors = authors;
        this.references = references;
        this.conditions = conditions;
    }

    /** A resource under an id that the caller has chosen is for systems: to who does not see all of a type it is an update of nothing. */
    @Hook(Pointcut.STORAGE_PRESTORAGE_CLIENT_ASSIGNED_ID)
    public void createWithId(RequestDetails request, IBaseResource resource) {
        callers.of(request).ifPresent(access -> {
            if (!access.caller().seesWholeTypes()) {
                throw new FailureException(Failure.NOT_FOUND);
            }
            access.requireContent(Interaction.CREATE_WITH_ID, (Resource) resource);
        });
    }

    /** A new resource; one that takes the place of a deleted one counts as update. */
    @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED)
    public void create(RequestDetails request, IBaseResource resource, TransactionDetails transaction) {
        callers.of(request, transaction).ifPresent(access -> {
            var interaction =
                    access.caller().actsAlone() && isUpdate(request) ? Interaction.UPDATE : Interaction.CREATE;
            check(access, interaction, Optional.empty(), (Resource) resource);
            conditions.hold(access, request, resource);
        });
    }

    /** A resource in its old and its new state; patches come this way too. */
    @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED)
    public void update(
            RequestDetails request,
            @Nullable IBaseResource before,
            IBaseResource after,
            TransactionDetails transaction) {
        callers.of(request, transaction).ifPresent(access -> {
            if (before instanceof Resource old) {
                access.require(Action.on(Interaction.UPDATE, old.fhirType()), old);
            } else if (!access.caller().seesWholeTypes()) {
                throw new FailureException(Failure.NOT_FOUND);
            }
            check(access, Interaction.UPDATE, Optional.ofNullable((Resource) before), (Resource) after);
        });
    }

    private void check(CallerAccess access, Interaction interaction, Optional<Resource> before, Resource after) {
        if (!authors.decide(access.caller(), before, after).permitted()) {
            throw access.denied();
        }
        MaskedWrites.checkWhole(before, after);
        var view = new MaskedView(access);
        references.check(
                access,
                Action.on(interaction, after.fhirType()),
                before.map(view::of),
                before.isPresent() ? view.of(after) : after);
        access.requireContent(interaction, after);
    }

    /** A resource that would be gone. */
    @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_DELETED)
    public void delete(RequestDetails request, IBaseResource resource, TransactionDetails transaction) {
        callers.of(request, transaction)
                .ifPresent(access ->
                        access.require(Action.on(Interaction.DELETE, resource.fhirType()), (Resource) resource));
    }

    private static boolean isUpdate(RequestDetails request) {
        return RequestActions.of(request).interaction() == Interaction.UPDATE;
    }
}
