package org.rapport.delivery;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Subscription;
import org.hl7.fhir.r4.model.Subscription.SubscriptionChannelType;
import org.rapport.access.Caller;
import org.rapport.outbound.AllowedHosts;
import org.rapport.outbound.Endpoint;

/**
 * Judges whether a Subscription can be active.
 *
 * @param store tells which criteria can be asked
 * @param rights tells what its author may see
 * @param hosts where notifications may be sent beside public addresses
 * @param clock tells whether it has ended
 */
public record SubscriptionRules(FhirStore store, AuthorRights rights, AllowedHosts hosts, Clock clock) {

    /** What came of it. */
    sealed interface Verdict {

        /** Chooses by outcome. */
        <R> R fold(Function<Registration, R> usable, Function<Unusable, R> unusable);
    }

    /** It can be active. */
    record Usable(Registration registration) implements Verdict {
        @Override
        public <R> R fold(Function<Registration, R> usable, Function<Unusable, R> unusable) {
            return usable.apply(registration);
        }
    }

    /**
     * It cannot.
     *
     * @param error what its author is told
     */
    record Unusable(String error) implements Verdict {
        @Override
        public <R> R fold(Function<Registration, R> usable, Function<Unusable, R> unusable) {
            return unusable.apply(this);
        }
    }

    /** Judges one version of a Subscription, whose id carries the version. */
    Verdict judge(Subscription subscription, Optional<Caller> author) {
        if (author.isEmpty()) {
            return new Unusable("Nobody whose rights a delivery could be judged by has written this Subscription.");
        }
        var criteria = Criteria.parse(subscription.hasCriteria() ? subscription.getCriteria() : "");
        if (criteria.isEmpty()) {
            return new Unusable("The criteria must be a search of one type, such as Observation?code=8867-4, without"
                    + " chains, _has and what steers a result.");
        }
        if (criteria.get().type().equals("Subscription") || !store.understands(criteria.get())) {
            return new Unusable("The criteria name a type, a parameter or a value that this server cannot search by.");
        }
        if (!rights.mayWatch(author.get(), criteria.get().type())) {
            return new Unusable(
                    "The author may not search and read " + criteria.get().type() + ".");
        }
        return judge(subscription, criteria.get(), author.get());
    }

    private Verdict judge(Subscription subscription, Criteria criteria, Caller author) {
        var channel = subscription.getChannel();
        if (channel.getType() != SubscriptionChannelType.RESTHOOK) {
            return new Unusable("The channel type must be rest-hook.");
        }
        var payload = Optional.ofNullable(channel.getPayload()).filter(type -> !type.isBlank());
        if (payload.isPresent() && !Hook.isPayload(payload.get())) {
            return new Unusable("The payload must be application/fhir+json, application/fhir+xml or absent.");
        }
        List<String> headers =
                channel.getHeader().stream().map(PrimitiveType::getValue).toList();
        if (!headers.stream().allMatch(Hook::isHeader)) {
            return new Unusable(
                    "A header must be one line such as \"Authorization: Bearer secret\", and none that frames"
                            + " the request.");
        }
        var endpoint = Endpoint.parse(channel.hasEndpoint() ? channel.getEndpoint() : "");
        if (endpoint.isEmpty()) {
            return new Unusable("The endpoint must be an https address without user name and fragment.");
        }
        var objection = endpoint.get().objection(hosts);
        if (objection.isPresent()) {
            return new Unusable(objection.get());
        }
        return ended(registration(subscription, criteria, new Hook(endpoint.get(), payload, headers), author));
    }

    private Verdict ended(Registration registration) {
        return registration.hasEnded(clock.instant())
                ? new Unusable("The end lies in the past.")
                : new Usable(registration);
    }

    private static Registration registration(Subscription subscription, Criteria criteria, Hook hook, Caller author) {
        var id = subscription.getIdElement();
        var end = Optional.ofNullable(subscription.getEnd()).map(java.util.Date::toInstant);
        return new Registration(id.getIdPart(), id.getVersionIdPartAsLong(), criteria, hook, author, end);
    }
}
