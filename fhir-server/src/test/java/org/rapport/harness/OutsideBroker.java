package org.rapport.harness;

import java.nio.file.Path;
import java.util.Set;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.config.impl.SecurityConfiguration;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.ActiveMQServers;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;
import org.apache.activemq.artemis.spi.core.security.jaas.InVMLoginModule;
import org.jspecify.annotations.Nullable;

/** An MQTT broker that belongs to no server and knows nothing of devices: one user may do everything. */
public final class OutsideBroker implements AutoCloseable {

    /** The user's name. */
    public static final String USERNAME = "somebody";

    /** The user's password. */
    public static final String PASSWORD = "of-the-outside-broker";

    private final Path folder;
    private final int port = Ports.free();
    private @Nullable ActiveMQServer broker;

    OutsideBroker(Path folder) {
        this.folder = folder;
    }

    /** Where it listens. */
    public String url() {
        return "tcp://127.0.0.1:" + port;
    }

    /** Starts it with what it kept on disk. */
    public OutsideBroker start() {
        var users = new SecurityConfiguration();
        users.addUser(USERNAME, PASSWORD);
        users.addRole(USERNAME, USERNAME);
        try {
            broker = ActiveMQServers.newActiveMQServer(
                    configuration(),
                    null,
                    new ActiveMQJAASSecurityManager(InVMLoginModule.class.getName(), users),
                    true);
            broker.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return this;
    }

    /** Stops it, which ends all connections. */
    public void stop() {
        try {
            if (broker != null) {
                broker.stop();
                broker = null;
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Configuration configuration() throws Exception {
        var everything = new Role(USERNAME, true, true, true, true, true, true, true, true, true, true, true, true);
        return new ConfigurationImpl()
                .setName("outside")
                .setJMXManagementEnabled(false)
                .setPersistenceEnabled(true)
                .setJournalDirectory(folder.resolve("journal").toString())
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .setLargeMessagesDirectory(folder.resolve("large").toString())
                .addAcceptorConfiguration("mqtt", url() + "?protocols=MQTT")
                .addAddressSetting("#", new AddressSettings())
                .putSecurityRoles("#", Set.of(everything));
    }

    @Override
    public void close() {
        stop();
        Harness.remove(folder);
    }
}
