package org.rapport.smart;

import io.restassured.response.Response;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.rapport.account.Accounts;
import org.rapport.account.NewAccount;
import org.rapport.account.Role;
import org.rapport.contact.MailAddress;
import org.rapport.contact.MailAddresses;

/**
 * A person of one test, with a user name and a mail address of their own.
 *
 * @param server where the account is
 */
public record TestPeople(TestServer server, String username) {

    /** A patient with the password of {@link TestWorld} and a verified address. */
    public static TestPeople patient(TestServer server) {
        var person = new TestPeople(server, "p" + UUID.randomUUID().toString().replace("-", ""));
        server.bean(Accounts.class)
                .createIfAbsent(new NewAccount(
                        person.username,
                        TestWorld.PASSWORD,
                        "Pat Doe",
                        "Patient/" + person.username,
                        Set.of(Role.PATIENT)));
        server.bean(MailAddresses.class)
                .verified(person.username, MailAddress.parse(person.address()).orElseThrow());
        return person;
    }

    public String address() {
        return username + "@people.example.org";
    }

    /** A browser in which the person is signed in. */
    public Browser signedIn() {
        var browser = new Browser(server.url());
        signIn(browser, TestWorld.PASSWORD);
        return browser;
    }

    public Response signIn(Browser browser, String password) {
        return browser.send(browser.open("/login"), Map.of("username", username, "password", password));
    }

    /** Whether this password lets the person in. */
    public boolean hasPassword(String password) {
        return signIn(new Browser(server.url()), password).statusCode() == 200;
    }
}
