package org.rapport.demo.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rapport.demo.world.DemoCredentials.Client;
import org.rapport.demo.world.DemoCredentials.User;

class DemoLoginsTest {

    private static final DemoCredentials.Addresses HERE = new DemoCredentials.Addresses(
            "http://127.0.0.1:8080/fhir", "http://127.0.0.1:8080", "tcp://127.0.0.1:1883");

    private final DemoCredentials credentials = new DemoLogins(new SecureRandom()).invent(HERE);

    @Test
    void letEveryoneInButErin() {
        assertThat(credentials.users())
                .extracting(user -> user.username() + " " + user.fhirUser() + " " + user.roles())
                .containsExactlyInAnyOrder(
                        "dr-adams Practitioner/dr-adams [clinician]",
                        "dr-brandt Practitioner/dr-brandt [clinician]",
                        "care-jones Practitioner/care-jones [care-manager]",
                        "clerk-lee Practitioner/clerk-lee [clerk]",
                        "admin Practitioner/admin [admin]",
                        "privacy-kim Practitioner/privacy-kim [privacy-officer]",
                        "alice Patient/alice [patient]",
                        "bob Patient/bob [patient]",
                        "carol Patient/carol [patient]",
                        "dana RelatedPerson/dana [proxy]");
        assertThat(credentials.users()).extracting(User::password).doesNotHaveDuplicates();
    }

    @Test
    void giveTheStaffAnAppAndLetPatientsInByPassword() {
        assertThat(credentials.users())
                .allMatch(user -> (user.totpSecret() == null)
                        == (user.roles().contains("patient") || user.roles().contains("proxy")));
    }

    @Test
    void nameTheClientsOfTheContract() {
        assertThat(credentials.clients())
                .extracting(Client::clientId, Client::type)
                .extracting(Object::toString)
                .containsExactly(
                        "(\"demo-app\", \"public\")",
                        "(\"demo-web\", \"confidential\")",
                        "(\"demo-backend\", \"backend\")",
                        "(\"demo-reader\", \"backend\")",
                        "(\"demo-ehr\", \"confidential\")");
    }

    @Test
    void areKeptForTheOwnersEyesOnly(@TempDir Path directory) throws IOException {
        var path = directory.resolve(CredentialsFile.NAME);
        var file = new CredentialsFile(path);
        assertThat(file.read()).isEmpty();
        file.write(credentials);
        assertThat(file.read()).contains(credentials);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        assertThat(path)
                .content()
                .contains("\"fhirBase\" : \"http://127.0.0.1:8080/fhir\"", "\"privateJwk\" : {", "\"kty\" : \"EC\"")
                .doesNotContain("null");
    }

    @Test
    void stayTheSameWhenTheServerMoves() {
        var moved = credentials.at(new DemoCredentials.Addresses("http://h/fhir", "http://h", "tcp://h:1883"));
        assertThat(moved.users()).isEqualTo(credentials.users());
        assertThat(moved.clients()).isEqualTo(credentials.clients());
        assertThat(moved.issuer()).isEqualTo("http://h");
    }
}
