"""Public pages and the public API of the served program: what they show, what they never show, and how they refuse."""

import json
import re

import pytest

from simulated import Simulated

PAGE_LIMIT_BYTES = 30_000
SECRET_TEXT = "3栋2单元501的李示岚说幸福里8号门口要装灯，电话13812345678"


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """A vote is open, 40 households have voted; two more proposals hold what must not be shown."""
    world = Simulated(tmp_path_factory.mktemp("pages"))
    try:
        world.start().open_vote()
        world.neighbours("V2", 1, "vote", 40, mix={"for": 26, "against": 11, "abstain": 3})
        world.say("u0155", "提议 " + SECRET_TEXT)
        world.say("u0159", "提议 <script>alert(1)</script>加个\"棚子\"&遮雨")
        assert "编号 4" in world.say("u0155", "上报 幸福里8号门口路灯不亮")
        yield world
    finally:
        world.close()


def public_paths(world):
    numbers = [item["no"] for item in world.api("communities/V2/proposals?limit=100")["items"]]
    assert len(numbers) == 3
    pages = ["/", "/c/V2/", "/c/C1/", *(f"/c/V2/{no}" for no in (*numbers, 4))]
    lists = ["communities", "communities/V2/proposals", "communities/V2/cases", "communities/V2/rankings", "ledger/head",
             "ledger/entries?after=0&limit=100", *(f"communities/V2/proposals/{no}" for no in numbers)]
    return pages + ["/api/v1/" + path for path in lists]


def test_every_page_stands_alone(told):
    for path in [path for path in public_paths(told) if not path.startswith("/api")]:
        page = told.get(path)
        assert page.status == 200 and page.headers["Content-Type"].startswith("text/html"), path
        assert len(page.body) < PAGE_LIMIT_BYTES, path
        assert "<script" not in page.text and "http://" not in page.text.replace(told.base, "") and "style=" not in page.text, path
        policy = page.headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy and "unsafe" not in policy
        assert page.headers["X-Content-Type-Options"] == "nosniff"
        assert 'lang="zh-CN"' in page.text and 'name="viewport"' in page.text
        for link in re.findall(r'(?:href|src)="(/[^"#]*)"', page.text):
            assert told.get(link).status == 200, f"{path} leads to {link}"


def test_a_page_is_kept_and_asked_again(told):
    page = told.get("/c/V2/1")
    assert "max-age=" in page.headers["Cache-Control"] and page.headers["ETag"]
    again = told.get("/c/V2/1", If_None_Match=page.headers["ETag"])
    assert again.status in (200, 304)  # 200 when the minute at its foot has moved on
    style = told.get("/assets/public.css")
    assert told.get("/assets/public.css", If_None_Match=style.headers["ETag"]).status == 304


def test_large_print_goes_along(told):
    page = told.get("/c/V2/?size=large").text
    assert '<html lang="zh-CN" class="large">' in page
    assert re.search(r'href="/c/V2/1\?size=large"', page) and 'href="/c/V2"' in page.replace('href="/c/V2/"', 'href="/c/V2"')


def test_a_matter_is_shown_with_its_way(told):
    page = told.get("/c/V2/1").text
    for words in ("聚居点入口装升降杆", "协同决议", "已投 40 / 64 户", "只拦外来车", "附议", "【表决 1】", "幸福里聚居点网格", "截止"):
        assert words in page, words
    listed = told.get("/c/V2/").text
    assert "正在表决" in listed and 'href="/c/V2/1"' in listed and "征集附议" in listed


def test_nobody_is_named_anywhere(told):
    names, phones = told.district.names(), told.district.phones()
    for path in public_paths(told):
        text = told.get(path).text
        assert not [name for name in names if name in text], f"a name in {path}"
        assert not [phone for phone in phones if phone in text], f"a phone in {path}"
        for word in ("13812345678", "2单元", "元501", "栋501", "幸福里8号", "幸福里 8 号", "李示岚"):
            assert word not in text, f"{word} in {path}"
        assert not re.search(r"\b(u\d{4}|[sS]-[A-Za-z]\w*\d\w*|R\d{3}|HH\d{3})\b", text), f"an id of a person or household in {path}"


def test_what_residents_write_never_becomes_markup(told):
    for path in ("/c/V2/", "/c/V2/3"):
        text = told.get(path).text
        assert "&lt;script&gt;" in text and "<script" not in text, path
    assert "&quot;棚子&quot;&amp;遮雨" in told.get("/c/V2/3").text


def test_no_tally_before_the_end(told):
    item = told.matter(1)
    assert item["turnout"] == {"participating": 40, "eligible": 64, "percent": "62.5"} and "result" not in item
    for path in ("/c/V2/", "/c/V2/1", "/", "/api/v1/communities/V2/proposals", "/api/v1/communities/V2/proposals/1"):
        text = told.get(path).text
        assert not re.search(r"(赞成|反对|弃权|for|against|abstain)\W{0,8}(26|11|3)\b", text), path
        assert "tally" not in text


def test_a_report_shows_category_place_and_progress_only(told):
    case, = told.api("communities/V2/cases")["items"]
    assert (case["no"], case["kind"], case["category"], case["state"]) == (4, "report", "urban_mgmt", "submitted")
    assert "text" not in case and case["scope"]["name"] == "幸福里聚居点"
    assert told.get("/api/v1/communities/V2/proposals/4").status == 404
    page = told.get("/c/V2/4").text
    assert "城市管理" in page and "已提交" in page and "路灯不亮" not in page
    assert 'href="/c/V2/4"' in told.get("/c/V2/").text


def test_items_have_what_the_interface_promises(told):
    page = told.api("communities/V2/proposals")
    assert set(page) == {"items", "next"} and page["next"] is None
    for item in page["items"]:
        assert {"no", "kind", "title", "state", "stage", "opened_at", "deadline"} <= set(item) and item["stage"]
    assert told.matter(1)["notices"][0]["kind"] == "N-P01"
    short = told.api("proposals/1?community=V2")
    assert short["title"] == told.matter(1)["title"]


def test_lists_come_by_page_without_loss_or_repeat(told):
    seen, cursor = [], ""
    while cursor is not None:
        page = told.api("communities/V2/proposals?limit=1" + (f"&cursor={cursor}" if cursor else ""))
        seen += [item["no"] for item in page["items"]]
        cursor = page["next"]
    assert seen == [3, 2, 1]
    assert [item["no"] for item in told.api("communities/V2/proposals?state=voting")["items"]] == [1]
    entries, after = [], "0"
    while after is not None:
        page = told.api(f"ledger/entries?after={after}&limit=7")
        entries += [item["seq"] for item in page["items"]]
        after = page["next"]
    assert entries == list(range(1, told.api("ledger/head")["size"] + 1))


def test_the_description_is_true(told):
    described = told.get("/api/openapi.json").json
    assert described["openapi"].startswith("3.1")
    for path in described["paths"]:
        if "get" in described["paths"][path] and "pictures" not in path:
            real = path.replace("{id}", "V2").replace("{no}", "1") + ("?community=V2" if path == "/api/v1/proposals/{no}" else "")
            answer = told.get(real)
            assert answer.status == 200, f"{real}: {answer.status}"
            schema = described["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
            check(answer.json, schema, described, real)


def check(value, schema, described, where):
    """The part of JSON Schema that the description uses: required fields and nothing undescribed."""
    if "$ref" in schema:
        schema = described["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    if schema.get("type") == "object" and "properties" in schema and isinstance(value, dict):
        assert set(schema.get("required", [])) <= set(value), f"{where} lacks {set(schema['required']) - set(value)}"
        for name, part in value.items():
            if name != "bot":
                assert name in schema["properties"], f"{where}.{name} is not described"
                check(part, schema["properties"][name], described, f"{where}.{name}")
    elif schema.get("type") == "array":
        for part in value:
            check(part, schema["items"], described, where + "[]")


@pytest.mark.parametrize("path,status", [
    ("communities/XX/proposals", 404), ("communities/G12/proposals", 404), ("communities/V2/proposals/99", 404),
    ("communities/V2/proposals/0", 404), ("communities/V2/proposals/01", 404), ("communities/V2/proposals/x", 404),
    ("communities/V2/proposals/-1", 404), ("communities/V2/proposals/99999999999999999999", 404),
    ("communities/V2/proposals?limit=0", 400), ("communities/V2/proposals?limit=101", 400), ("communities/V2/proposals?limit=a", 400),
    ("communities/V2/proposals?cursor=x", 400), ("communities/V2/proposals?state=VOTING", 400), ("communities/V2/proposals?sate=voting", 400),
    ("communities/V2/proposals?limit=1&limit=2", 400), ("communities/V2/proposals?state=%ff", 400), ("communities/V2/cases?limit=1000", 400),
    ("communities/V2/rankings?period=2026Q5", 400), ("communities/V2/rankings?period=2026-13", 400),
    ("communities/V2/rankings?subject=person", 400), ("ledger/entries?after=-1", 400), ("ledger/entries?limit=1000", 400),
    ("proposals/1", 404), ("communities/%27%3B--/proposals", 404), ("nothing", 404),
])
def test_wrong_questions_get_a_problem_document(told, path, status):
    answer = told.get("/api/v1/" + path)
    assert answer.status == status and answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json["status"] == status and answer.json["title"]


def test_a_page_that_is_not_there_says_so_in_words(told):
    for path in ("/c/XX/", "/c/V2/99", "/c/V2/abc", "/c/V2/0"):
        page = told.get(path)
        assert page.status == 404 and page.headers["Content-Type"].startswith("text/html") and "首页" in page.text, path


def test_the_result_is_shown_after_the_end(told):
    told.advance(6 * 86400)
    item = told.matter(1)
    assert item["state"] == "publicity"
    assert (item["result"]["for"], item["result"]["against"], item["result"]["abstain"]) == (26, 11, 3)
    assert item["result"]["outcome"] == "passed"
    page = told.get("/c/V2/1").text
    assert "结果：通过" in page and "公示至" in page and "应投 64" in page
    test_nobody_is_named_anywhere(told)


@pytest.mark.parametrize("path", ["playground/", "api/v1/playground/people", "api/v1/playground/groups", "api/v1/playground/timeline",
                                  "api/v1/playground/clock", "api/v1/playground/pictures/1"])
def test_without_the_playground_there_is_no_such_door(plain, path):
    assert plain.get("/" + path).status == 404


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    world = Simulated(tmp_path_factory.mktemp("plain"), playground=False)
    try:
        yield world.start()
    finally:
        world.close()


def test_nor_can_anybody_speak_there(plain):
    for path in ("/api/v1/playground/messages", "/api/v1/playground/neighbours", "/webhook/playground/playground"):
        assert plain.request(path, {"as": "u0150", "text": "x", "id": "1"}).status == 404
    assert plain.get("/").status == 200 and json.loads(plain.get("/api/v1/communities").body)["items"] == []
