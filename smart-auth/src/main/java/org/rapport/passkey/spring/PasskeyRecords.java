package org.rapport.passkey.spring;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rapport.factor.Factor;
import org.rapport.factor.Factors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.web.webauthn.api.AuthenticatorTransport;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.CredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutableCredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCose;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialType;
import org.springframework.security.web.webauthn.management.UserCredentialRepository;

/** Holds the public keys of passkeys, each beside its factor. */
final class PasskeyRecords implements UserCredentialRepository {

    private static final String SELECT = """
        SELECT p.*, f.name, f.created_at, COALESCE(f.last_used_at, f.created_at) AS used_at
        FROM passkey p JOIN account_factor f ON f.id = p.factor_id\
        """;

    private final JdbcClient database;
    private final Factors factors;
    private final PasskeyUsers users;

    PasskeyRecords(JdbcClient database, Factors factors, PasskeyUsers users) {
        this.database = database;
        this.factors = factors;
        this.users = users;
    }

    @Override
    public @Nullable CredentialRecord findByCredentialId(Bytes credentialId) {
        return database.sql(SELECT + " WHERE p.credential_id = ?")
                .param(credentialId.getBytes())
                .query(PasskeyRecords::record)
                .optional()
                .orElse(null);
    }

    @Override
    public List<CredentialRecord> findByUserId(Bytes handle) {
        return database.sql(SELECT + " WHERE p.handle = ?")
                .param(handle.getBytes())
                .query(PasskeyRecords::record)
                .list();
    }

    /** Adds a new passkey; of a known one notes the counter and that it was just used. */
    @Override
    public void save(CredentialRecord passkey) {
        int known = database.sql("""
            UPDATE passkey SET signature_count = ?, backup_state = ?, uv_initialized = ?
            WHERE credential_id = ?\
            """)
                .params(
                        passkey.getSignatureCount(),
                        passkey.isBackupState(),
                        passkey.isUvInitialized(),
                        passkey.getCredentialId().getBytes())
                .update();
        if (known == 0) {
            insert(passkey);
        } else {
            database.sql("""
                UPDATE account_factor SET last_used_at = now()
                WHERE id = (SELECT factor_id FROM passkey WHERE credential_id = ?)\
                """).param(passkey.getCredentialId().getBytes()).update();
        }
    }

    @Override
    public void delete(Bytes credentialId) {
        database.sql("DELETE FROM account_factor WHERE id = (SELECT factor_id FROM passkey WHERE credential_id = ?)")
                .param(credentialId.getBytes())
                .update();
    }

    private void insert(CredentialRecord passkey) {
        var user = Objects.requireNonNull(users.findById(passkey.getUserEntityUserId()));
        var id = factors.add(user.getName(), Factor.Kind.PASSKEY, passkey.getLabel());
        database.sql("""
            INSERT INTO passkey (factor_id, credential_id, handle, public_key, signature_count, uv_initialized,
                backup_eligible, backup_state, transports, attestation_object, attestation_client_data)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
            """)
                .params(
                        id,
                        passkey.getCredentialId().getBytes(),
                        passkey.getUserEntityUserId().getBytes(),
                        passkey.getPublicKey().getBytes(),
                        passkey.getSignatureCount(),
                        passkey.isUvInitialized(),
                        passkey.isBackupEligible(),
                        passkey.isBackupState(),
                        transports(passkey.getTransports()),
                        bytes(passkey.getAttestationObject()),
                        bytes(passkey.getAttestationClientDataJSON()))
                .update();
    }

    private static CredentialRecord record(ResultSet row, int number) throws SQLException {
        return ImmutableCredentialRecord.builder()
                .credentialType(PublicKeyCredentialType.PUBLIC_KEY)
                .credentialId(new Bytes(row.getBytes("credential_id")))
                .userEntityUserId(new Bytes(row.getBytes("handle")))
                .publicKey(new ImmutablePublicKeyCose(row.getBytes("public_key")))
                .signatureCount(row.getLong("signature_count"))
                .uvInitialized(row.getBoolean("uv_initialized"))
                .backupEligible(row.getBoolean("backup_eligible"))
                .backupState(row.getBoolean("backup_state"))
                .transports(transports((String[]) row.getArray("transports").getArray()))
                .attestationObject(new Bytes(row.getBytes("attestation_object")))
                .attestationClientDataJSON(new Bytes(row.getBytes("attestation_client_data")))
                .label(row.getString("name"))
                .created(row.getTimestamp("created_at").toInstant())
                .lastUsed(row.getTimestamp("used_at").toInstant())
                .build();
    }

    private static String[] transports(Set<AuthenticatorTransport> transports) {
        return transports.stream().map(AuthenticatorTransport::getValue).toArray(String[]::new);
    }

    private static Set<AuthenticatorTransport> transports(String[] values) {
        return Arrays.stream(values).map(AuthenticatorTransport::valueOf).collect(Collectors.toSet());
    }

    private static byte @Nullable [] bytes(@Nullable Bytes bytes) {
        return bytes == null ? null : bytes.getBytes();
    }
}
