package org.rapport.passkey.spring;

import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.data.attestation.authenticator.EC2COSEKey;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * An authenticator with one passkey whose owner always agrees; it answers as a browser would.
 *
 * @see <a href="https://www.w3.org/TR/webauthn-3/#sctn-authenticator-data">Web Authentication, section 6.1</a>
 */
final class TestAuthenticator {

    private static final byte PRESENT_AND_VERIFIED = 0x05;
    private static final byte WITH_KEY = 0x40;
    private static final int RELYING_PARTY_AND_FLAGS_AND_COUNTER = 37;

    private final String origin;
    private final KeyPair key = newKey();
    private final byte[] id = new byte[32];
    private String owner = "";

    TestAuthenticator(String origin) {
        this.origin = origin;
        new SecureRandom().nextBytes(id);
    }

    /** Makes the passkey that these options ask for. */
    String create(String options) {
        var asked = parse(options);
        var user = (Map<?, ?>) Objects.requireNonNull(asked.get("user"));
        owner = String.valueOf(user.get("id"));
        var party = String.valueOf(((Map<?, ?>) Objects.requireNonNull(asked.get("rp"))).get("id"));
        var attestation = new LinkedHashMap<String, Object>();
        attestation.put("fmt", "none");
        attestation.put("attStmt", Map.of());
        attestation.put("authData", dataWithKey(party));
        return answer(Map.of(
                "attestationObject",
                        text(new ObjectConverter().getCborConverter().writeValueAsBytes(attestation)),
                "clientDataJSON", text(clientData("webauthn.create", asked))));
    }

    /** Uses the passkey for these options. */
    String use(String options) {
        var asked = parse(options);
        var data =
                data(String.valueOf(asked.get("rpId")), PRESENT_AND_VERIFIED, 0).array();
        var client = clientData("webauthn.get", asked);
        return answer(Map.of(
                "authenticatorData", text(data),
                "clientDataJSON", text(client),
                "signature", text(sign(data, sha256(client))),
                "userHandle", owner));
    }

    private String answer(Map<String, Object> response) {
        return JSONObjectUtils.toJSONString(Map.of(
                "id",
                text(id),
                "rawId",
                text(id),
                "type",
                "public-key",
                "response",
                response,
                "clientExtensionResults",
                Map.of(),
                "authenticatorAttachment",
                "platform"));
    }

    private byte[] clientData(String type, Map<String, Object> asked) {
        var challenge = String.valueOf(asked.get("challenge"));
        return JSONObjectUtils.toJSONString(
                        Map.of("type", type, "challenge", challenge, "origin", origin, "crossOrigin", false))
                .getBytes(StandardCharsets.UTF_8);
    }

    private byte[] dataWithKey(String party) {
        var cose = EC2COSEKey.create((ECPublicKey) key.getPublic(), COSEAlgorithmIdentifier.ES256);
        var encoded = new ObjectConverter().getCborConverter().writeValueAsBytes(cose);
        var noModel = new byte[16];
        var more = noModel.length + Short.BYTES + id.length + encoded.length;
        return data(party, (byte) (PRESENT_AND_VERIFIED | WITH_KEY), more)
                .put(noModel)
                .putShort((short) id.length)
                .put(id)
                .put(encoded)
                .array();
    }

    /** The counter stays zero: it counts nothing. */
    private static ByteBuffer data(String party, byte flags, int more) {
        return ByteBuffer.allocate(RELYING_PARTY_AND_FLAGS_AND_COUNTER + more)
                .put(sha256(party.getBytes(StandardCharsets.UTF_8)))
                .put(flags)
                .putInt(0);
    }

    private byte[] sign(byte[] data, byte[] clientHash) {
        try {
            var signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key.getPrivate());
            signature.update(data);
            signature.update(clientHash);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair newKey() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> parse(String options) {
        try {
            return JSONObjectUtils.parse(options);
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(byte[] bytes) {
        return Base64URL.encode(bytes).toString();
    }
}
