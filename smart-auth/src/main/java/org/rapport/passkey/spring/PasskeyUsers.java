package org.rapport.passkey.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.management.PublicKeyCredentialUserEntityRepository;

/** Holds by what random handle authenticators know each account. */
final class PasskeyUsers implements PublicKeyCredentialUserEntityRepository {

    private final JdbcClient database;

    PasskeyUsers(JdbcClient database) {
        this.database = database;
    }

    /** The handle of an account, made when it has none. */
    PublicKeyCredentialUserEntity of(String username) {
        save(entity(username, Bytes.random()));
        var stored = findByUsername(username);
        if (stored == null) {
            throw new IllegalStateException("A handle was not stored.");
        }
        return stored;
    }

    @Override
    public @Nullable PublicKeyCredentialUserEntity findById(Bytes handle) {
        return database.sql("SELECT username FROM passkey_user WHERE handle = ?")
                .param(handle.getBytes())
                .query((row, number) -> entity(row.getString("username"), handle))
                .optional()
                .orElse(null);
    }

    @Override
    public @Nullable PublicKeyCredentialUserEntity findByUsername(String username) {
        return database.sql("SELECT handle FROM passkey_user WHERE username = ?")
                .param(username)
                .query((row, number) -> entity(username, new Bytes(row.getBytes("handle"))))
                .optional()
                .orElse(null);
    }

    /** Keeps the handle that is there. */
    @Override
    public void save(PublicKeyCredentialUserEntity user) {
        database.sql("INSERT INTO passkey_user (handle, username) VALUES (?, ?) ON CONFLICT DO NOTHING")
                .params(user.getId().getBytes(), user.getName())
                .update();
    }

    @Override
    public void delete(Bytes handle) {
        database.sql("DELETE FROM passkey_user WHERE handle = ?")
                .param(handle.getBytes())
                .update();
    }

    private static PublicKeyCredentialUserEntity entity(String username, Bytes handle) {
        return ImmutablePublicKeyCredentialUserEntity.builder()
                .id(handle)
                .name(username)
                .displayName(username)
                .build();
    }
}
