package org.rapport.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rapport.delivery.DeliveryFixture.observation;
import static org.rapport.delivery.DeliveryFixture.subscription;

import java.time.Duration;
import org.hl7.fhir.r4.model.Subscription.SubscriptionStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rapport.delivery.Deliveries.Decision;
import org.rapport.delivery.Deliveries.Notification;
import org.rapport.delivery.Deliveries.Refusal;
import org.rapport.outbox.OutboxItem;

class DeliveriesTest {

    private final DeliveryFixture fixture = new DeliveryFixture();
    private OutboxItem item = new OutboxItem(0, "", "", 0, false, new java.util.UUID(0, 0));

    @BeforeEach
    void leaseOne() {
        fixture.write(subscription("s", "Observation"));
        fixture.store.put(observation("a"));
        fixture.follow();
        item = fixture.outbox.lease(1, Duration.ofMinutes(1)).get(0);
    }

    @Test
    void areSentInTheVersionThatMatched() {
        fixture.store.put(observation("a"));

        assertThat(decision()).isInstanceOfSatisfying(Notification.class, notification -> {
            assertThat(notification.event()).isEqualTo(1);
            assertThat(notification.resource().getIdElement().getVersionIdPart())
                    .isEqualTo("1");
        });
    }

    @Test
    void areRefusedOnceTheAuthorMayNotReadIt() {
        fixture.denyEverything();

        assertThat(decision()).isEqualTo(new Refusal("the author may not read it"));
    }

    @Test
    void areRefusedOnceTheSubscriptionIsOff() {
        fixture.write(subscription("s", "Observation").setStatus(SubscriptionStatus.OFF));
        fixture.follow();

        assertThat(decision()).isInstanceOf(Refusal.class);
    }

    private Decision decision() {
        return fixture.deliveries.decide(item);
    }
}
