package org.rapport.server.broker;

import java.nio.file.Path;
import java.util.UUID;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTUtil;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/** How the embedded broker is set up: durable, bounded in memory, without management access. */
final class BrokerDefaults {

    private static final int MEBIBYTE = 1024 * 1024;
    private static final int WAITING_PER_SUBSCRIPTION = 1000;

    private BrokerDefaults() {}

    /** The configuration of a broker that keeps its journal in the given folder. */
    static Configuration in(Path directory) {
        var configuration = new ConfigurationImpl()
                .setName("rapport")
                .setWildCardConfiguration(MQTTUtil.MQTT_WILDCARD)
                .setResolveProtocols(true)
                .setJMXManagementEnabled(false)
                .setSecurityEnabled(true)
                .setClusterUser(UUID.randomUUID().toString())
                .setClusterPassword(UUID.randomUUID().toString())
                .setGlobalMaxSize(64L * MEBIBYTE)
                .setMaxDiskUsage(95)
                .setThreadPoolMaxSize(16)
                .setScheduledThreadPoolMaxSize(2);
        configuration.setAuthenticationCacheSize(0); // BrokerSecurity remembers, and forgets when a device is revoked
        configuration.setAuthorizationCacheSize(0);
        keepOnDisk(configuration, directory);
        configuration.addAddressSetting("#", everything());
        configuration.addAddressSetting(BridgeQueue.ADDRESS, readings());
        for (var down : new String[] {"ack", "errors", "cmd"}) {
            configuration.addAddressSetting("device/+/" + down, answersToDevices());
        }
        return configuration;
    }

    private static void keepOnDisk(Configuration configuration, Path directory) {
        configuration
                .setPersistenceEnabled(true)
                .setJournalType(JournalType.NIO)
                .setJournalSyncTransactional(true)
                .setJournalSyncNonTransactional(true)
                .setJournalDatasync(true)
                .setJournalFileSize(10 * MEBIBYTE)
                .setJournalMinFiles(2)
                .setJournalPoolFiles(4)
                .setJournalBufferTimeout_NIO(1_000_000)
                .setJournalLockAcquisitionTimeout(3_000)
                .setJournalDirectory(directory.resolve("journal").toString())
                .setBindingsDirectory(directory.resolve("bindings").toString())
                .setPagingDirectory(directory.resolve("paging").toString())
                .setLargeMessagesDirectory(directory.resolve("large").toString());
    }

    private static AddressSettings everything() {
        return new AddressSettings()
                .setDefaultAddressRoutingType(RoutingType.MULTICAST)
                .setDefaultQueueRoutingType(RoutingType.MULTICAST)
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE)
                .setMaxSizeBytes(4L * MEBIBYTE)
                .setPageSizeBytes(MEBIBYTE);
    }

    /** A reading waits on disk as long as it must: it is neither given up after some attempts nor dropped as expired. */
    private static AddressSettings readings() {
        return everything()
                .setMaxSizeBytes(32L * MEBIBYTE)
                .setMaxDeliveryAttempts(-1)
                .setNoExpiry(true)
                .setAutoCreateAddresses(false)
                .setAutoCreateQueues(false);
    }

    private static AddressSettings answersToDevices() {
        return everything()
                .setAutoCreateAddresses(true)
                .setAutoCreateQueues(true)
                .setNoExpiry(false)
                .setDefaultRingSize((long) WAITING_PER_SUBSCRIPTION);
    }
}
