package org.rapport.masterkey;

import java.util.List;

/**
 * Where master keys come from: a file, a command, or another adapter to a key management service.
 *
 * <p>It is asked once, at the start; afterwards nothing depends on it.
 */
@FunctionalInterface
public interface MasterKeySource {

    /**
     * The keys in base64, each of 32 bytes: first the one that encrypts, then former ones, which decrypt only.
     *
     * @throws UnusableMasterKey when there are none to be had; the server does not start then
     */
    List<String> keys();
}
