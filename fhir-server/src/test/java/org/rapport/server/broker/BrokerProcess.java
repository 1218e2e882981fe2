package org.rapport.server.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.rapport.device.BridgeLogin;
import org.rapport.device.DeviceCredentials;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A broker in a process of its own, to be killed: arguments are its folder, the JDBC URL and the file for its port. */
final class BrokerProcess {

    private BrokerProcess() {}

    public static void main(String[] arguments) throws IOException {
        var database = new DriverManagerDataSource(arguments[1]);
        var broker = new EmbeddedBroker(
                new BrokerPlace(Path.of(arguments[0]), "127.0.0.1", 0),
                new DeviceCredentials(JdbcClient.create(database), new SecureRandom()),
                new BridgeLogin(BridgeLogin.EMBEDDED_USERNAME, "unused"));
        broker.start();
        var port = Path.of(arguments[2]);
        var half = port.resolveSibling("port.new");
        Files.writeString(half, String.valueOf(broker.port()));
        Files.move(half, port);
    }
}
