package org.rapport.checkpoint;

import java.util.ArrayDeque;
import java.util.Deque;
import org.rapport.chain.Hash;

/**
 * The root of the Merkle tree over hashes, computed as they come.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6962#section-2.1">RFC 6962, 2.1</a>
 */
public final class MerkleRoot {

    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};

    /** Roots of full trees, the largest at the bottom, each of another height. */
    private final Deque<Tree> trees = new ArrayDeque<>();

    /** The root over these. */
    static Hash of(Iterable<Hash> leaves) {
        var root = new MerkleRoot();
        leaves.forEach(root::add);
        return root.value();
    }

    /** Adds the next leaf. */
    public void add(Hash leaf) {
        var tree = new Tree(0, Hash.sha256(LEAF, leaf.bytes()));
        while (!trees.isEmpty() && trees.peek().height() == tree.height()) {
            tree = new Tree(tree.height() + 1, node(trees.pop().root(), tree.root()));
        }
        trees.push(tree);
    }

    /** The root over what was added; the SHA-256 of nothing when nothing was. */
    public Hash value() {
        var rest = trees.iterator();
        if (!rest.hasNext()) {
            return Hash.sha256();
        }
        var root = rest.next().root();
        while (rest.hasNext()) {
            root = node(rest.next().root(), root);
        }
        return root;
    }

    private static Hash node(Hash left, Hash right) {
        return Hash.sha256(NODE, left.bytes(), right.bytes());
    }

    private record Tree(int height, Hash root) {}
}
