package org.rapport.server.definitions;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.HexFormat;
import javax.sql.DataSource;
import org.rapport.server.startup.StartLock;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Remembers in the database which definitions are installed, so that a start installs only what changed. */
final class InstalledDefinitions {

    private static final long LOCK = 0x64_65_66_73L;

    private final StartLock lock;
    private final JdbcClient jdbc;

    InstalledDefinitions(DataSource dataSource) {
        this.lock = new StartLock(dataSource::getConnection, LOCK, "stores definitions");
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** Runs the installation unless the same content is there already; one instance at a time. */
    void install(String name, byte[] content, Runnable installation) {
        String digest = digest(content);
        if (isInstalled(name, digest)) {
            return;
        }
        try {
            lock.exclusively(() -> {
                if (!isInstalled(name, digest)) {
                    installation.run();
                    remember(name, digest);
                }
            });
        } catch (SQLException e) {
            throw new IllegalStateException("Definitions " + name + " could not be installed", e);
        }
    }

    private boolean isInstalled(String name, String digest) {
        return jdbc.sql("select 1 from installed_definition where name = ? and digest = ?")
                .params(name, digest)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    private void remember(String name, String digest) {
        jdbc.sql("insert into installed_definition (name, digest) values (?, ?)"
                        + " on conflict (name) do update set digest = excluded.digest, installed_at = now()")
                .params(name, digest)
                .update();
    }

    private static String digest(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The content that a text stands for. */
    static byte[] content(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
