package org.rapport.access;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Everything that ties people to patients.
 *
 * @param treating whom practitioners treat
 * @param proxies for whom others act
 */
public record Relations(TreatingRelations treating, ProxyRelations proxies) {

    private static final String PATIENT = "Patient/";

    /** The patients that a user is: the one a patient's account names, or those that a Person names. */
    public Set<String> ownRecordsOf(String user) {
        return user.startsWith(PATIENT)
                ? Set.of(user.substring(PATIENT.length()))
                : user.startsWith("Person/") ? proxies.ownRecordsOf(user) : Set.of();
    }

    /** The patients that a user acts for. */
    public Set<String> proxiedBy(String user) {
        return proxyScopesOf(user).keySet();
    }

    /** The patients that a user acts for, and in what part of the record of each. */
    Map<String, Set<ProxyScope>> proxyScopesOf(String user) {
        return user.startsWith("RelatedPerson/") || user.startsWith("Person/") ? proxies.scopesOf(user) : Map.of();
    }

    /** The patients that a user treats. */
    public Set<String> treatedBy(String user) {
        return user.startsWith("Practitioner/") ? treating.patientsOf(user) : Set.of();
    }

    /** The same as they are committed by now, for who writes in a transaction. */
    public Relations byNow() {
        return new Relations(treating.byNow(), proxies);
    }

    /** The same, each looked up once at most; for one request, so that it is judged as one. */
    public Relations once() {
        Map<String, Set<String>> treated = new HashMap<>();
        return new Relations(
                practitioner -> treated.computeIfAbsent(practitioner, treating::patientsOf), new Once(proxies));
    }

    private record Once(
            ProxyRelations proxies, Map<String, Map<String, Set<ProxyScope>>> proxied, Map<String, Set<String>> own)
            implements ProxyRelations {

        Once(ProxyRelations proxies) {
            this(proxies, new HashMap<>(), new HashMap<>());
        }

        @Override
        public Set<String> patientsOf(String user) {
            return scopesOf(user).keySet();
        }

        @Override
        public Map<String, Set<ProxyScope>> scopesOf(String user) {
            return proxied.computeIfAbsent(user, proxies::scopesOf);
        }

        @Override
        public Set<String> ownRecordsOf(String person) {
            return own.computeIfAbsent(person, proxies::ownRecordsOf);
        }
    }
}
