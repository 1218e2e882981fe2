package org.rapport.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CheckedAddressTest {

    private static final Endpoint HOOK =
            Endpoint.parse("https://hooks.example.org/").orElseThrow();

    @Test
    void isWhereThePublicNameLeads() throws UnknownHostException {
        assertThat(address(Set.of(), "93.184.216.34").of(HOOK)).hasValue(InetAddress.getByName("93.184.216.34"));
    }

    /** SU-007: a name that was public when it was written. */
    @Test
    void isNowhereWhenThePublicNameLeadsIntoTheHouse() throws UnknownHostException {
        assertThat(address(Set.of(), "192.168.0.9").of(HOOK)).isEmpty();
        assertThat(address(Set.of(), "93.184.216.34", "127.0.0.1").of(HOOK)).isEmpty();
        assertThat(address(Set.of(), "fd00::1").of(HOOK)).isEmpty();
    }

    @Test
    void isAnywhereForAHostTheOperatorNamed() throws UnknownHostException {
        assertThat(address(Set.of("hooks.example.org"), "192.168.0.9").of(HOOK)).isPresent();
    }

    private static CheckedAddress address(Set<String> allowed, String... answers) {
        return new CheckedAddress(new AllowedHosts(allowed), host -> {
            var found = new InetAddress[answers.length];
            for (int index = 0; index < answers.length; index++) {
                found[index] = InetAddress.getByName(answers[index]);
            }
            return found;
        });
    }
}
