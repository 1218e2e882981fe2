package org.rapport.launch.spring;

import org.rapport.launch.LaunchContext;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;

/** Keeps the launch context with the grant it belongs to, from the request to the last refresh. */
public final class GrantContext {

    /** As a text: the classes that Spring Authorization Server reads back from a grant are few. */
    private static final String ATTRIBUTE = "rapport.launch-context";

    private GrantContext() {}

    /** The context of a grant; empty when it has none, as one made by a release that knew none. */
    public static LaunchContext of(OAuth2Authorization grant) {
        String json = grant.getAttribute(ATTRIBUTE);
        return json == null ? LaunchContext.none() : LaunchContext.fromJson(json);
    }

    /** Whether a context was decided on, be it an empty one. */
    public static boolean isKnown(OAuth2Authorization grant) {
        return grant.getAttribute(ATTRIBUTE) != null;
    }

    /** The grant with this context. */
    public static OAuth2Authorization with(OAuth2Authorization grant, LaunchContext context) {
        return OAuth2Authorization.from(grant)
                .attribute(ATTRIBUTE, context.toJson())
                .build();
    }
}
