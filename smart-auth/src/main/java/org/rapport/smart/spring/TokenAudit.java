package org.rapport.smart.spring;

import java.util.Optional;
import org.rapport.audit.Agent;
import org.rapport.audit.SecurityEvent;
import org.rapport.audit.SecurityEvent.Kind;
import org.rapport.audit.SecurityLog;
import org.rapport.smart.spring.GrantRows.GrantRow;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationGrantAuthenticationToken;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Leaves one audit row for each token that was asked for, given, refused or revoked. */
final class TokenAudit {

    private final SecurityLog log;

    TokenAudit(SecurityLog log) {
        this.log = log;
    }

    void issued(OAuth2AuthorizationGrantAuthenticationToken request, Optional<GrantRow> grant) {
        log.record(SecurityEvent.succeeded(
                Kind.TOKEN_ISSUED,
                agent(request, grant),
                id(grant),
                request.getGrantType().getValue()));
    }

    void notIssued(
            OAuth2AuthorizationGrantAuthenticationToken request,
            Optional<GrantRow> grant,
            OAuth2AuthenticationException why) {
        log.record(SecurityEvent.failed(Kind.TOKEN_ISSUED, agent(request, grant), id(grant), code(why)));
    }

    void refreshed(Authentication request, GrantRow grant) {
        log.record(SecurityEvent.succeeded(
                Kind.TOKEN_REFRESHED, agent(request, Optional.of(grant)), grant.id(), "refresh_token"));
    }

    void notRefreshed(Authentication request, Optional<GrantRow> grant, OAuth2AuthenticationException why) {
        log.record(SecurityEvent.failed(Kind.TOKEN_REFRESHED, agent(request, grant), id(grant), code(why)));
    }

    /** Something that works once came again; {@code what} is {@code code} or {@code refresh-token}. */
    void reused(Authentication request, GrantRow grant, String what) {
        log.record(SecurityEvent.failed(Kind.TOKEN_REUSED, agent(request, Optional.of(grant)), grant.id(), what));
    }

    void revoked(Authentication request, GrantRow grant) {
        log.record(SecurityEvent.succeeded(
                Kind.TOKEN_REVOKED, agent(request, Optional.of(grant)), grant.id(), "by-client"));
    }

    void notRevoked(Authentication request, Optional<GrantRow> grant, String why) {
        log.record(SecurityEvent.failed(Kind.TOKEN_REVOKED, agent(request, Optional.empty()), id(grant), why));
    }

    /** Who asks is the client; for whom, the grant tells. */
    private static Agent agent(Authentication request, Optional<GrantRow> grant) {
        var client = request.getName();
        return grant.map(row -> new Agent(
                        Optional.of(row.username()), Optional.of(client), Optional.empty(), Optional.of(address())))
                .orElseGet(() -> Agent.client(client, address()));
    }

    /** Where the request comes from that is being served. */
    static String address() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes current
                ? current.getRequest().getRemoteAddr()
                : "";
    }

    private static String id(Optional<GrantRow> grant) {
        return grant.map(GrantRow::id).orElse("");
    }

    private static String code(OAuth2AuthenticationException why) {
        return why.getError().getErrorCode();
    }
}
