package org.rapport.delivery.hapi;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.IPreResourceShowDetails;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Subscription;
import org.rapport.access.Caller;
import org.rapport.delivery.Registrations;

/**
 * Keeps who writes a Subscription, in the transaction that stores it, and shows the headers of its channel to nobody
 * else: they hold the receiver's secrets.
 */
@Interceptor
class AuthorInterceptor {

    private final Registrations registrations;

    AuthorInterceptor(Registrations registrations) {
        this.registrations = registrations;
    }

    /** A new Subscription. */
    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED)
    public void created(RequestDetails request, IBaseResource resource) {
        keepAuthor(request, resource);
    }

    /** A Subscription with another content; whoever changes it answers for it from now on. */
    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_UPDATED)
    public void updated(RequestDetails request, IBaseResource before, IBaseResource after) {
        keepAuthor(request, after);
    }

    /** Resources on their way to a caller. */
    @Hook(Pointcut.STORAGE_PRESHOW_RESOURCES)
    public void show(RequestDetails request, IPreResourceShowDetails resources) {
        var caller = caller(request);
        if (caller.isEmpty()) {
            return;
        }
        for (var resource : resources) {
            if (resource instanceof Subscription subscription && !isAuthor(caller.get(), subscription)) {
                subscription.getChannel().setHeader(List.of());
            }
        }
    }

    private void keepAuthor(RequestDetails request, IBaseResource resource) {
        if (resource instanceof Subscription subscription) {
            var id = subscription.getIdElement();
            caller(request)
                    .ifPresent(
                            author -> registrations.recordAuthor(id.getIdPart(), id.getVersionIdPartAsLong(), author));
        }
    }

    private boolean isAuthor(Caller caller, Subscription subscription) {
        var id = subscription.getIdElement();
        return id.hasVersionIdPart()
                && registrations
                        .author(id.getIdPart(), id.getVersionIdPartAsLong())
                        .filter(author -> author.clientId().equals(caller.clientId())
                                && author.subject().equals(caller.subject()))
                        .isPresent();
    }

    /** Nobody for the server's own work. */
    private static Optional<Caller> caller(RequestDetails request) {
        return request instanceof ServletRequestDetails details
                        && details.getServletRequest() != null
                        && details.getServletRequest().getAttribute(Caller.class.getName()) instanceof Caller caller
                ? Optional.of(caller)
                : Optional.empty();
    }
}
