"""The tests' own cipher against published and generated vectors: a wrong tester would prove nothing."""

import json
import os
from pathlib import Path

import pytest

from wecom_crypto import Broken, Crypto, sign

VECTORS = Path(os.environ.get("YIQI_SOURCE_DIR", Path(__file__).parents[2])) / "tests/conformance/vectors"


def vectors(name):
    return json.loads((VECTORS / name).read_text(encoding="utf-8"))["vectors"]


def named(name, *kinds):
    picked = [v for v in vectors(name) if not kinds or v.get("kind") in kinds]
    assert picked
    return pytest.mark.parametrize("vector", picked, ids=[v["id"] for v in picked])


def crypto(vector):
    return Crypto(vector["token"], vector["encoding_aes_key"], vector["receive_id"])


@named("crypto_roundtrip_generated.json")
def test_round_trip(vector):
    own, message = crypto(vector), vector["msg_utf8"].encode()
    assert own.encrypt(message, vector["random16_ascii"].encode()) == vector["encrypt"]
    assert own.decrypt(vector["encrypt"]) == message
    assert own.signature(vector["timestamp"], vector["nonce"], vector["encrypt"]) == vector["msg_signature"]


@named("wecom_callback_official.json")
def test_published(vector):
    own = crypto(vector)
    assert own.signature(vector["timestamp"], vector["nonce"], vector["encrypt"]) == vector["msg_signature"]
    assert own.decrypt(vector["encrypt"]).decode() == vector["expect"]["msg_utf8"]


@named("crypto_negative.json")
def test_negative(vector):
    if vector["stage"] == "aes_key":
        with pytest.raises(Broken):
            crypto(vector)
    elif vector["stage"] == "signature":
        assert sign(vector["token"], vector["timestamp"], vector["nonce"], vector["encrypt"]) != vector["msg_signature"]
    else:
        with pytest.raises(Broken):
            crypto(vector).decrypt(vector["encrypt"])
