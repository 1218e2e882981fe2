package org.rapport.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.List;

/** The end of {@code ./run token} and {@code ./run publish}; exit status 0, or 1 with one sentence on standard error. */
public final class RapportCommand {

    private static final String USAGE = """
            Usage: ./run token CLIENT [SCOPE] [--user NAME] [--data DIR]
                   ./run publish TOPIC JSON [--data DIR]""";

    private RapportCommand() {}

    /**
     * Runs one command.
     *
     * @param arguments the command and what belongs to it
     */
    public static void main(String[] arguments) {
        try {
            System.out.println(run(List.of(arguments)));
        } catch (CommandFailure e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    static String run(List<String> arguments) {
        var line = CommandLine.parse(arguments);
        return switch (line.word(0).orElse("")) {
            case "token" -> token(line);
            case "publish" -> publish(line);
            default -> throw new CommandFailure(USAGE);
        };
    }

    private static String token(CommandLine line) {
        var demo = DemoFile.in(line.data());
        var client = demo.client(line.word(1).orElseThrow(() -> new CommandFailure(USAGE)));
        if (client.path("type").asText().equals("backend")) {
            String scope = line.word(2).orElse(client.path("scope").asText());
            return new BackendSignIn(new Http(), demo, Clock.systemUTC()).accessToken(client, scope);
        }
        var user = demo.user(line.option("user")
                .orElseThrow(() -> new CommandFailure(
                        "This client works for a person: name one with --user, such as --user alice.")));
        return new PersonSignIn(new Http(), demo, Clock.systemUTC())
                .accessToken(client, user, line.word(2).orElseGet(() -> usualScope(user)));
    }

    /** What an app asks for: one patient's record for the patient and who acts for them, or what a member of the staff may see. */
    static String usualScope(JsonNode user) {
        return user.path("fhirUser").asText().matches("(Patient|RelatedPerson|Person)/.*")
                ? "openid fhirUser launch/patient patient/*.cruds"
                : "openid fhirUser user/*.cruds";
    }

    private static String publish(CommandLine line) {
        var demo = DemoFile.in(line.data());
        String topic = line.word(1).orElseThrow(() -> new CommandFailure(USAGE));
        String payload = line.word(2).orElseThrow(() -> new CommandFailure(USAGE));
        var levels = topic.split("/", -1);
        if (levels.length < 3 || !levels[0].equals("device")) {
            throw new CommandFailure(
                    "The topic \"" + topic + "\" names no device; write it as device/hr-alice/heart-rate.");
        }
        var device = demo.device(levels[1]);
        return Publication.send(
                demo.mqttUrl(),
                new Publication.Login(
                        levels[1] + ":publish",
                        device.path("username").asText(),
                        device.path("password").asText()),
                new Publication.Message(topic, payload));
    }
}
