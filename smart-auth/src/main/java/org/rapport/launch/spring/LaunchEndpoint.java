package org.rapport.launch.spring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.rapport.access.Caller;
import org.rapport.access.PublicOrigin;
import org.rapport.audit.Agent;
import org.rapport.audit.SecurityEvent;
import org.rapport.audit.SecurityEvent.Kind;
import org.rapport.audit.SecurityLog;
import org.rapport.launch.EhrLaunch;
import org.rapport.launch.EhrLaunch.Answer;
import org.rapport.launch.LaunchRequest;
import org.rapport.launch.Launches;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.util.UriUtils;

/**
 * Where an EHR asks to open an application: {@code POST /launch/ehr}.
 *
 * <p>It answers with the launch value and with what to append to the application's launch address.
 */
@Controller
class LaunchEndpoint {

    static final String PATH = "/launch/ehr";

    private static final int LONGEST_BODY = 16 * 1024;
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final EhrLaunch launch;
    private final PublicOrigin origin;
    private final SecurityLog audit;
    private final TransactionOperations transaction;

    LaunchEndpoint(EhrLaunch launch, PublicOrigin origin, SecurityLog audit, PlatformTransactionManager transactions) {
        this.launch = launch;
        this.origin = origin;
        this.audit = audit;
        this.transaction = new TransactionTemplate(transactions);
    }

    @PostMapping(PATH)
    void open(HttpServletRequest request, HttpServletResponse response, @AuthenticationPrincipal Jwt token)
            throws IOException {
        if (isOfEmergency(token)) {
            record(request, token, "", Optional.of(Refusal.OF_EMERGENCY.error()));
            Refusal.OF_EMERGENCY.write(response);
            return;
        }
        if (!isJson(request)) {
            Refusal.MEDIA_TYPE.write(response);
            return;
        }
        var body = body(request);
        if (body.isEmpty()) {
            Refusal.MALFORMED.write(response);
            return;
        }
        try {
            answer(request, response, token, LaunchRequest.of(body.get(), origin));
        } catch (IllegalArgumentException wrong) {
            record(request, token, "", Optional.of("invalid_request"));
            Refusal.invalid(String.valueOf(wrong.getMessage())).write(response);
        }
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, Jwt token, LaunchRequest wanted)
            throws IOException {
        var answer = transaction.execute(status -> {
            var outcome = launch.open(token.getClaimAsString("client_id"), token.getSubject(), wanted);
            record(request, token, wanted.clientId(), refusal(outcome).map(Refusal::error));
            return outcome;
        });
        if (answer instanceof Answer.Opened opened) {
            write(response, opened.launch());
        } else if (answer != null) {
            refusal(answer).orElseThrow().write(response);
        }
    }

    private static Optional<Refusal> refusal(Answer answer) {
        if (answer instanceof Answer.NotAnEhr) {
            return Optional.of(Refusal.NOT_AN_EHR);
        }
        if (answer instanceof Answer.NoSuchApplication) {
            return Optional.of(Refusal.NO_SUCH_APPLICATION);
        }
        return answer instanceof Answer.Closed ? Optional.of(Refusal.CLOSED) : Optional.empty();
    }

    private void write(HttpServletResponse response, String value) throws IOException {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("launch", value);
        answer.put("expires_in", Launches.LIFETIME.toSeconds());
        answer.put("iss", origin.fhirBase());
        answer.put(
                "launch_parameters",
                "iss=" + UriUtils.encode(origin.fhirBase(), StandardCharsets.UTF_8) + "&launch=" + value);
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.getWriter().write(JSON.writeValueAsString(answer));
    }

    private void record(HttpServletRequest request, Jwt token, String application, Optional<String> error) {
        var agent = Agent.signedIn(token.getSubject(), request.getRemoteAddr());
        audit.record(error.map(code -> SecurityEvent.failed(Kind.LAUNCH_CREATED, agent, application, code))
                .orElseGet(() -> SecurityEvent.succeeded(Kind.LAUNCH_CREATED, agent, application, "")));
    }

    /** An application that it opened would go on with the rights that the user has without an emergency. */
    private static boolean isOfEmergency(Jwt token) {
        return Optional.ofNullable(token.getClaimAsString("purpose_of_use"))
                .filter(Caller.EMERGENCY::contains)
                .isPresent();
    }

    private static boolean isJson(HttpServletRequest request) {
        var type = Optional.ofNullable(request.getContentType()).orElse("");
        return type.split(";", -1)[0].strip().equalsIgnoreCase(MediaType.APPLICATION_JSON_VALUE);
    }

    private static Optional<Map<String, Object>> body(HttpServletRequest request) throws IOException {
        var bytes = request.getInputStream().readNBytes(LONGEST_BODY + 1);
        try {
            return bytes.length > LONGEST_BODY ? Optional.empty() : Optional.ofNullable(JSON.readValue(bytes, OBJECT));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
