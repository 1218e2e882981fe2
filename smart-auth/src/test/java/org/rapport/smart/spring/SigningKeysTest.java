package org.rapport.smart.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.jwk.JWK;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rapport.smart.MasterKey;
import org.rapport.smart.SigningKeys;
import org.rapport.smart.TestServer;
import org.rapport.smart.Together;
import org.rapport.smart.UnusableMasterKey;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class SigningKeysTest {

    @TempDir
    private Path folder;

    private JdbcClient database;
    private TransactionTemplate transaction;

    @BeforeEach
    void connect() {
        var server = TestServer.shared();
        database = JdbcClient.create(server.bean(DataSource.class));
        transaction = new TransactionTemplate(server.bean(PlatformTransactionManager.class));
    }

    @Test
    void areMadeOnceByInstancesThatStartTogether() {
        // the rows of the shared server step aside and come back
        database.sql("ALTER TABLE signing_key RENAME TO signing_key_of_the_server")
                .update();
        database.sql("CREATE TABLE signing_key (LIKE signing_key_of_the_server INCLUDING ALL)")
                .update();
        try {
            var masterKey = MasterKey.fromFile(folder.resolve("master.key"));

            var kids = Together.times(
                    8,
                    i -> new SigningKeys(database, transaction, masterKey)
                            .load().getKeys().stream().map(JWK::getKeyID).toList());

            assertThat(kids).allMatch(found -> found.size() == 1);
            assertThat(kids.stream().distinct()).hasSize(1);
        } finally {
            database.sql("DROP TABLE signing_key").update();
            database.sql("ALTER TABLE signing_key_of_the_server RENAME TO signing_key")
                    .update();
        }
    }

    @Test
    void stopTheStartUnderAnotherMasterKey() {
        var other = MasterKey.fromFile(folder.resolve("other.key"));

        assertThatExceptionOfType(UnusableMasterKey.class)
                .isThrownBy(() -> new SigningKeys(database, transaction, other).load())
                .withMessageContaining("rapport.keys.master-key-file");
    }

    @Test
    void areNotReadableInTheDatabase() {
        var stored = database.sql("SELECT private_key FROM signing_key")
                .query((row, number) -> new String(row.getBytes(1), StandardCharsets.ISO_8859_1))
                .list();

        assertThat(stored).isNotEmpty().allMatch(key -> !key.contains("\"d\"") && !key.contains("RSA"));
    }
}
