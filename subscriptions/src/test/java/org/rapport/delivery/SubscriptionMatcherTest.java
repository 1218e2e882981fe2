package org.rapport.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rapport.delivery.DeliveryFixture.NOW;
import static org.rapport.delivery.DeliveryFixture.observation;
import static org.rapport.delivery.DeliveryFixture.subscription;

import java.util.Date;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Subscription.SubscriptionStatus;
import org.junit.jupiter.api.Test;

class SubscriptionMatcherTest {

    private final DeliveryFixture fixture = new DeliveryFixture();

    @Test
    void numbersTheEventsOfEachSubscriptionWithoutGaps() {
        fixture.write(subscription("all", "Observation"));
        fixture.write(subscription("one", "Observation?_id=b"));
        fixture.follow();
        for (var id : new String[] {"a", "b", "c", "b"}) {
            fixture.store.put(observation(id));
        }
        fixture.follow();

        assertThat(fixture.items())
                .containsExactly(
                        "all/1 Observation/a/_history/1 W",
                        "all/2 Observation/b/_history/1 W",
                        "one/1 Observation/b/_history/1 W",
                        "all/3 Observation/c/_history/1 W",
                        "all/4 Observation/b/_history/2 W",
                        "one/2 Observation/b/_history/2 W");
    }

    @Test
    void tellsOnlyWhatCameAfterTheSubscriptionAndBeforeItsEnd() {
        fixture.store.put(observation("before"));
        fixture.write(subscription("s", "Observation"));
        fixture.store.put(observation("within"));
        fixture.write(subscription("s", "Observation").setStatus(SubscriptionStatus.OFF));
        fixture.store.put(observation("after"));
        fixture.follow();

        assertThat(fixture.items()).containsExactly("s/1 Observation/within/_history/1 P");
    }

    @Test
    void readsNothingThatNobodyWatches() {
        fixture.write(subscription("s", "Observation"));
        fixture.follow();
        int before = fixture.store.reads;
        var patient = new Patient();
        patient.setId("Patient/p");
        IntStream.range(0, 50).forEach(number -> fixture.store.put(patient));
        fixture.follow();

        assertThat(fixture.store.reads).isEqualTo(before);
    }

    @Test
    void tellsOfNoDeletion() {
        fixture.write(subscription("s", "Observation"));
        fixture.store.put(observation("a"));
        fixture.delete("Observation", "a", 2);
        fixture.follow();

        assertThat(fixture.items()).containsExactly("s/1 Observation/a/_history/1 W");
    }

    @Test
    void setsAsideWhatCannotBeReadAndGoesOn() {
        fixture.write(subscription("s", "Observation"));
        fixture.store.put(observation("bad"));
        fixture.store.put(observation("good"));
        fixture.store.broken.add("bad");
        fixture.follow();

        assertThat(fixture.items()).containsExactly("s/1 Observation/good/_history/1 W");
        assertThat(fixture.setAside()).containsExactly("s bad");
    }

    @Test
    void tellsNothingOfASubscriptionWhoseTimeIsOver() {
        fixture.write(subscription("s", "Observation").setEnd(Date.from(NOW.plusSeconds(1))));
        fixture.follow();
        fixture.store.put(observation("a"));
        fixture.follow();
        assertThat(fixture.items()).hasSize(1);

        var registration = fixture.registrations.active("s").orElseThrow();
        assertThat(registration.hasEnded(NOW.plusMillis(999))).isFalse();
        assertThat(registration.hasEnded(NOW.plusSeconds(1))).isTrue();
    }

    @Test
    void neverGivesANumberTwice() {
        fixture.write(subscription("s", "Observation"));
        fixture.store.put(observation("a"));
        fixture.delete("Subscription", "s", 3);
        fixture.follow();
        fixture.write(subscription("s", "Observation"));
        fixture.store.put(observation("b"));
        fixture.follow();

        assertThat(fixture.items()).containsExactly("s/1 Observation/a/_history/1 P", "s/2 Observation/b/_history/1 W");
    }
}
