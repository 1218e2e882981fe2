package org.rapport.consent.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Date;
import java.util.Set;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;

class ResourceReaderTest {

    private final ResourceReader reader = new ResourceReader(TestUses.REFERENCES, TestUses.LABELLED_SINCE);

    @Test
    void knowsFromWhenOnWhatIsStoredWasLabelled() {
        assertThat(seen(storedAfter(0, new Observation()))).isTrue();
        assertThat(seen(storedAfter(-1, new Observation()))).isFalse();
        assertThat(seen(new Observation())).isFalse();
    }

    @Test
    void knowsThatAFileIsNeverLabelled() {
        assertThat(seen(storedAfter(1, new Binary()))).isFalse();
    }

    private boolean seen(Resource resource) {
        return reader.read(resource, Set.of()).content().labels().seen();
    }

    private static Resource storedAfter(int seconds, Resource resource) {
        resource.getMeta().setLastUpdated(Date.from(TestUses.LABELLED_SINCE.plusSeconds(seconds)));
        return resource;
    }
}
