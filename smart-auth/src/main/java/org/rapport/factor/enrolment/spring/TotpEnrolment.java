package org.rapport.factor.enrolment.spring;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.rapport.access.PublicOrigin;
import org.rapport.factor.TotpFactors;
import org.rapport.factor.TotpSecret;
import org.rapport.factor.spring.Form;
import org.rapport.masterkey.MasterKey;

/**
 * Takes in an authenticator app: a new secret to show, then a first code from the app.
 *
 * <p>The secret waits in the session, which lies in the database, encrypted under the master key.
 */
final class TotpEnrolment {

    private static final String ATTRIBUTE = "org.rapport.factor.totp-enrolment";
    private static final String PURPOSE = "totp-enrolment:";
    private static final String GROUPS = "(?<=\\G.{4})";

    private final TotpFactors apps;
    private final MasterKey masterKey;
    private final String issuer;
    private final SecureRandom random = new SecureRandom();

    TotpEnrolment(TotpFactors apps, MasterKey masterKey, PublicOrigin origin) {
        this.apps = apps;
        this.masterKey = masterKey;
        this.issuer = "Rapport " + java.net.URI.create(origin.baseUrl()).getHost();
    }

    /** What the page shows: the secret in groups, the address for an app and the same as a QR code. */
    Map<String, Object> shown(HttpServletRequest request, String username) {
        var secret = waiting(request, username).orElseGet(() -> begin(request, username));
        var uri = secret.uri(issuer, username);
        return Map.of(
                "secret", String.join(" ", secret.base32().split(GROUPS)),
                "uri", uri,
                "qr", QrCode.of(uri));
    }

    /** Gives the account the app if the code is one of the secret that was shown. */
    boolean confirm(HttpServletRequest request, String username, String name) {
        var code = Form.field(request, "code").replaceAll("\\s", "");
        boolean good = waiting(request, username)
                .filter(secret -> apps.confirm(username, name, secret, code))
                .isPresent();
        if (good) {
            request.getSession().removeAttribute(ATTRIBUTE);
        }
        return good;
    }

    private TotpSecret begin(HttpServletRequest request, String username) {
        var secret = TotpSecret.random(random);
        var sealed = masterKey.encrypt(secret.base32().getBytes(StandardCharsets.US_ASCII), PURPOSE + username);
        request.getSession().setAttribute(ATTRIBUTE, Base64.getEncoder().encodeToString(sealed));
        return secret;
    }

    private Optional<TotpSecret> waiting(HttpServletRequest request, String username) {
        return request.getSession().getAttribute(ATTRIBUTE) instanceof String sealed
                ? masterKey
                        .decrypt(Base64.getDecoder().decode(sealed), PURPOSE + username)
                        .map(bytes -> TotpSecret.ofBase32(new String(bytes, StandardCharsets.US_ASCII)))
                : Optional.empty();
    }
}
