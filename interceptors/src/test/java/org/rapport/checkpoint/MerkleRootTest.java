package org.rapport.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rapport.chain.Hash;

/**
 * Compares with the tree of seven leaves.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6962#section-2.1.3">RFC 6962, 2.1.3</a>
 */
class MerkleRootTest {

    private static final List<Hash> LEAVES = IntStream.range(0, 7)
            .mapToObj(number -> Hash.sha256(new byte[] {(byte) number}))
            .toList();

    @Test
    void splitsAtTheLargestPowerOfTwo() {
        var left = node(node(leaf(0), leaf(1)), node(leaf(2), leaf(3)));
        var right = node(node(leaf(4), leaf(5)), leaf(6));

        assertThat(MerkleRoot.of(LEAVES)).isEqualTo(node(left, right));
        assertThat(MerkleRoot.of(LEAVES.subList(0, 1))).isEqualTo(leaf(0));
        assertThat(MerkleRoot.of(LEAVES.subList(0, 3))).isEqualTo(node(node(leaf(0), leaf(1)), leaf(2)));
        assertThat(MerkleRoot.of(List.of())).isEqualTo(Hash.sha256());
    }

    private static Hash leaf(int number) {
        return Hash.sha256(new byte[] {0}, LEAVES.get(number).bytes());
    }

    private static Hash node(Hash left, Hash right) {
        return Hash.sha256(new byte[] {1}, left.bytes(), right.bytes());
    }
}
