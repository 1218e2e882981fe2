package org.rapport.account.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.rapport.account.Account;

/** Goes on with somebody whose password, or whose word from an outside provider, was right. */
public interface FirstProof {

    /**
     * Signs the person in or asks for a factor first, and redirects; until then nothing is written.
     *
     * @param method authentication method (RFC 8176), such as {@code pwd}; {@code fed} for an outside provider
     */
    void given(HttpServletRequest request, HttpServletResponse response, Account account, String method);

    /**
     * Signs in somebody who has given a factor elsewhere already, and redirects.
     *
     * @param method authentication method, such as {@code fed} for an outside provider that vouches for a factor
     */
    void givenWithFactor(HttpServletRequest request, HttpServletResponse response, Account account, String method);
}
