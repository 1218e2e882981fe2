package org.rapport.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rapport.delivery.DeliveryFixture.AUTHOR;
import static org.rapport.delivery.DeliveryFixture.NOW;
import static org.rapport.delivery.DeliveryFixture.observation;
import static org.rapport.delivery.DeliveryFixture.subscription;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Subscription;
import org.hl7.fhir.r4.model.Subscription.SubscriptionChannelType;
import org.hl7.fhir.r4.model.Subscription.SubscriptionStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RegistryTest {

    private final DeliveryFixture fixture = new DeliveryFixture();

    @Test
    void activatesWhatIsRequestedInTheNameOfItsAuthor() {
        fixture.write(subscription("s", "Observation?_id=a"));
        fixture.follow();

        assertThat(fixture.store.subscription("s").getStatus()).isEqualTo(SubscriptionStatus.ACTIVE);
        var registration = fixture.registrations.active("s").orElseThrow();
        assertThat(registration.author()).isEqualTo(AUTHOR);
        assertThat(registration.version()).isEqualTo(2);
    }

    @Test
    void activatesNothingThatTheServerWroteByItself() {
        fixture.store.put(subscription("s", "Observation"));
        fixture.follow();

        assertThat(fixture.store.subscription("s").getStatus()).isEqualTo(SubscriptionStatus.ERROR);
        assertThat(fixture.registrations.active("s")).isEmpty();
    }

    static Stream<Arguments> unusable() {
        return Stream.of(
                wrong("criteria", "search of one type", one -> one.setCriteria("Observation?subject.name=x")),
                wrong("no criteria", "search of one type", one -> one.setCriteria(null)),
                wrong("parameter", "cannot search by", one -> one.setCriteria("Observation?unheard=1")),
                wrong("itself", "cannot search by", one -> one.setCriteria("Subscription")),
                wrong("rights", "may not search", one -> one.setCriteria("AuditEvent")),
                wrong("channel", "rest-hook", one -> one.getChannel().setType(SubscriptionChannelType.EMAIL)),
                wrong("payload", "payload", one -> one.getChannel().setPayload("text/plain")),
                wrong("header", "header", one -> one.getChannel().addHeader("Host: x")),
                wrong("endpoint", "endpoint", one -> one.getChannel().setEndpoint("file:///etc/passwd")),
                wrong("no endpoint", "endpoint", one -> one.getChannel().setEndpoint(null)),
                wrong("address", "public", one -> one.getChannel().setEndpoint("https://10.0.0.1/")),
                wrong("end", "end", one -> one.setEnd(Date.from(NOW))));
    }

    private static Arguments wrong(String what, String told, Consumer<Subscription> change) {
        return Arguments.of(what, told, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unusable")
    void saysInASentenceWhatCannotBeUsed(String what, String told, Consumer<Subscription> change) {
        var subscription = subscription("s", "Observation");
        change.accept(subscription);
        fixture.write(subscription);
        fixture.follow();

        assertThat(fixture.store.subscription("s").getStatus()).isEqualTo(SubscriptionStatus.ERROR);
        assertThat(fixture.store.subscription("s").getError()).contains(told).endsWith(".");
        assertThat(fixture.registrations.active("s")).isEmpty();
    }

    @Test
    void takesBackAnErrorOnceItIsMended() {
        fixture.write(subscription("s", "Observation?unheard=1"));
        fixture.follow();
        fixture.write(subscription("s", "Observation"));
        fixture.follow();

        assertThat(fixture.store.subscription("s").getStatus()).isEqualTo(SubscriptionStatus.ACTIVE);
        assertThat(fixture.store.subscription("s").hasError()).isFalse();
    }

    @Test
    void leavesTheStatusToALaterVersion() {
        fixture.write(subscription("s", "Observation?unheard=1"));
        fixture.write(subscription("s", "Observation").setStatus(SubscriptionStatus.OFF));
        fixture.follow();

        assertThat(fixture.store.subscription("s").getStatus()).isEqualTo(SubscriptionStatus.OFF);
    }

    @Test
    void stopsWhatItCannotReadAndGoesOn() {
        fixture.write(subscription("bad", "Observation"));
        fixture.write(subscription("good", "Observation"));
        fixture.store.broken.add("bad");
        fixture.follow();

        assertThat(fixture.registrations.active("bad")).isEmpty();
        assertThat(fixture.registrations.active("good")).isPresent();
    }

    @Test
    void stopsWhatAReceiverWantsNoMore() {
        fixture.write(subscription("s", "Observation"));
        fixture.store.put(observation("a"));
        fixture.follow();
        fixture.deliveries.gone(fixture.registrations.active("s").orElseThrow());

        assertThat(fixture.store.subscription("s").getStatus()).isEqualTo(SubscriptionStatus.ERROR);
        assertThat(fixture.items()).containsExactly("s/1 Observation/a/_history/1 P");
    }

    @Test
    void stopsNothingThatWasChangedMeanwhile() {
        fixture.write(subscription("s", "Observation"));
        fixture.follow();
        var before = fixture.registrations.active("s").orElseThrow();
        fixture.write(subscription("s", "Observation?_id=a"));
        fixture.follow();
        fixture.deliveries.gone(before);

        assertThat(fixture.registrations.active("s")).isPresent();
    }

    @Test
    void turnsOffWhatIsOver() {
        fixture.write(subscription("s", "Observation").setEnd(Date.from(NOW.plusSeconds(60))));
        fixture.follow();
        end(Duration.ofSeconds(59));
        assertThat(fixture.registrations.active("s")).isPresent();
        end(Duration.ofSeconds(60));

        assertThat(fixture.registrations.active("s")).isEmpty();
        assertThat(fixture.store.subscription("s").getStatus()).isEqualTo(SubscriptionStatus.OFF);
    }

    private void end(Duration later) {
        var clock = Clock.fixed(NOW.plus(later), ZoneOffset.UTC);
        new SubscriptionEnd(fixture.registry, fixture.database.transactions(), clock).step();
    }
}
