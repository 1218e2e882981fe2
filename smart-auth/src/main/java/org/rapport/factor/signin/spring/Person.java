package org.rapport.factor.signin.spring;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.rapport.account.Account;
import org.rapport.factor.SignedInBy;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * Makes and reads the authentication of a signed-in person.
 *
 * <p>Besides the roles, its authorities say how and when the person signed in: Spring Authorization Server keeps the
 * authentication with each grant, so that a refreshed token still tells it.
 */
public final class Person {

    private static final String ROLE = "ROLE_";
    private static final String METHOD = "AMR_";
    private static final String TIME = "AUTH_TIME_";

    private Person() {}

    static Authentication signedIn(HttpServletRequest request, Account account, SignedInBy by) {
        var roles = account.roles().stream().map(role -> ROLE + role.code()).toList();
        var how = Stream.concat(
                by.amr().stream().map(method -> METHOD + method),
                Stream.of(TIME + by.provedAt().getEpochSecond()));
        var user = User.withUsername(account.username())
                .password("")
                .authorities(roles.toArray(String[]::new))
                .build();
        var person = UsernamePasswordAuthenticationToken.authenticated(
                user,
                null,
                Stream.concat(roles.stream(), how)
                        .map(SimpleGrantedAuthority::new)
                        .toList());
        person.setDetails(new WebAuthenticationDetails(request));
        return person;
    }

    /** Writes how and when the person signed in: {@code amr} (RFC 8176) and {@code auth_time} (OpenID Connect). */
    public static void describe(Authentication person, JwtClaimsSet.Builder claims) {
        var methods = with(METHOD, person);
        if (!methods.isEmpty()) {
            claims.claim("amr", new ArrayList<>(methods));
        }
        with(TIME, person).stream()
                .findFirst()
                .map(Long::parseLong)
                .map(Instant::ofEpochSecond)
                .ifPresent(time -> claims.claim("auth_time", Date.from(time)));
    }

    private static List<String> with(String prefix, Authentication person) {
        return person.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .filter(authority -> authority != null && authority.startsWith(prefix))
                .map(authority -> authority.substring(prefix.length()))
                .toList();
    }
}
