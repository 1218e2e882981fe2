package org.rapport.harness.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;

/**
 * Reads a body that was sent once more.
 *
 * @param text takes it
 */
record Sent(BodySubscriber<String> text) implements Subscriber<ByteBuffer> {

    static String text(BodyPublisher body) {
        var sent = new Sent(BodySubscribers.ofString(UTF_8));
        body.subscribe(sent);
        return sent.text().getBody().toCompletableFuture().join();
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        text.onSubscribe(subscription);
    }

    @Override
    public void onNext(ByteBuffer part) {
        text.onNext(List.of(part));
    }

    @Override
    public void onError(Throwable trouble) {
        text.onError(trouble);
    }

    @Override
    public void onComplete() {
        text.onComplete();
    }
}
