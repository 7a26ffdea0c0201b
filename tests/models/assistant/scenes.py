"""The cities that the development set speaks of.

    scenes.py write FOLDER      writes every scene as FOLDER/NAME.json

The small ones are placed by hand; the large ones are drawn with a fixed seed, and "metropolis" (5,000 objects) is only made when it is asked
for. The committed scenes/*.json are the output of `scenes.py write scenes`, without metropolis.
"""
import json
import os
import random
import sys

PALETTE = {"red": "#c0392b", "orange": "#e67e22", "yellow": "#f1c40f", "green": "#27ae60", "blue": "#2980b9", "purple": "#8e44ad",
           "pink": "#f5a9b8", "brown": "#8b5a2b", "black": "#202020", "white": "#f5f5f5", "grey": "#808080"}


class City:
    """Objects in the order of their numbers. A colour is a name of the palette or "#rrggbb"."""

    def __init__(self, seed=0):
        self.objects = []
        self.random = random.Random(seed)

    def add(self, object_class, name=None, zh=None, wall=None, roof=None, tags=(), **shape):
        entry = {"id": len(self.objects) + 1, "class": object_class}
        if name:
            entry["name"] = name
        if zh:
            entry["name_zh"] = zh
        entry.update(shape)
        for key, colour in (("wall", wall), ("roof", roof)):
            if colour:
                entry[key] = PALETTE.get(colour, colour)
        if tags:
            entry["tags"] = list(tags)
        self.objects.append(entry)
        return entry["id"]

    def box(self, object_class, x, y, width, depth, height, *names, **more):
        corners = [(x - width / 2, y - depth / 2), (x + width / 2, y - depth / 2), (x + width / 2, y + depth / 2), (x - width / 2, y + depth / 2)]
        footprint = [[round(a, 3), round(b, 3)] for a, b in corners]
        return self.add(object_class, *names, footprint=footprint, base=0.0, height=round(float(height), 2), **more)

    def line(self, object_class, path, width, *names, **more):
        return self.add(object_class, *names, path=[list(point) for point in path], width=float(width), **more)

    def shade(self, name):
        """A colour that everybody calls by that name: the palette's, a little off."""
        value = int(PALETTE[name][1:], 16)
        channels = [(value >> 16) & 255, (value >> 8) & 255, value & 255]
        return "#%02x%02x%02x" % tuple(max(0, min(255, c + self.random.randint(-6, 6))) for c in channels)

    def document(self):
        return {"format": "skyline-objects", "version": 1, "units": "m", "objects": self.objects}


def harbour():
    """A port on both banks of a river: every class once or a few times, most of them with names."""
    c = City()
    c.line("river", [(-300, 0), (0, 10), (300, 0)], 30, "Green River", "绿河")
    c.line("street", [(-300, 120), (300, 120)], 12, "Main Street", "主街")
    c.line("road", [(-200, -200), (-200, 300)], 14, "Harbour Road", "海港路")
    c.line("railway", [(-300, -250), (300, -250)], 8, "Old Railway", "老铁路")
    c.box("bridge", 100, 5, 14, 50, 6, "Iron Bridge", "铁桥", wall="grey", roof="grey")
    c.box("park", -60, 200, 100, 80, 0, "Central Park", "中央公园")
    c.box("pond", -60, 200, 24, 16, 0, "Swan Pond", "天鹅池")
    c.box("square", 60, 190, 50, 50, 0, "Market Square", "集市广场")
    c.box("parking", 200, 190, 60, 40, 0)
    c.box("tower", 40, 50, 24, 24, 84, "Harbour Tower", "海港塔", wall="red", roof="black")
    c.box("tower", -150, 160, 14, 14, 48, "Bell Tower", "钟塔", wall="grey", roof="grey")
    c.box("tower", 150, 260, 26, 26, 110, "North Tower", "北塔", wall="blue", roof="grey", tags=["glass"])
    c.box("tower", -120, -50, 22, 22, 62, wall="white", roof="white")
    c.box("skyscraper", 260, 260, 40, 40, 210, "Sky Spire", "云尖", wall="blue", roof="black", tags=["glass"])
    c.box("church", -20, 150, 18, 40, 35, "St Mary's Church", "圣玛丽教堂", wall="white", roof="red")
    c.box("school", -150, 230, 60, 24, 12, "Harbour School", "海港小学", wall="orange", roof="brown")
    c.box("hospital", 220, 60, 70, 40, 28, "City Hospital", "市立医院", wall="white", roof="white")
    c.box("station", 0, -220, 90, 30, 18, "Central Station", "中央车站", wall="brown", roof="green")
    c.box("hotel", 120, 150, 30, 30, 40, "Grand Hotel", "大都会酒店", wall="yellow", roof="grey")
    c.box("museum", -100, 40, 50, 24, 16, "Maritime Museum", "航海博物馆", wall="blue", roof="white")
    c.box("warehouse", -250, -80, 60, 30, 10, wall="brown", roof="grey")
    c.box("warehouse", -170, -90, 50, 30, 9, wall="grey", roof="grey")
    c.box("warehouse", -90, -130, 40, 24, 12, "Old Warehouse", "老仓库", wall="red", roof="brown", tags=["brick"])
    c.box("factory", 150, -100, 80, 40, 15, "Cannery", "罐头厂", wall="grey", roof="grey")
    c.box("office", 210, 130, 30, 24, 56, wall="green", roof="grey", tags=["glass"])
    c.box("office", 60, -60, 36, 20, 30, "Port Authority", "港务局", wall="white", roof="grey")
    c.box("office", 280, 130, 24, 24, 38, wall="grey", roof="black")
    c.box("house", -260, 60, 10, 12, 7, wall="white", roof="red")
    c.box("house", -260, 90, 10, 12, 8, wall="yellow", roof="red")
    c.box("house", -240, 200, 10, 12, 6.5, wall="red", roof="grey")
    c.box("house", -240, 230, 10, 12, 9, wall="white", roof="brown")
    c.box("house", 80, 300, 12, 10, 7, wall="blue", roof="grey")
    c.box("house", 100, 300, 12, 10, 8.5, wall="green", roof="red")
    c.box("shop", 20, 150, 12, 12, 6, "Corner Shop", "街角小店", wall="pink", roof="grey")
    c.box("shop", -30, 40, 24, 16, 8, "Fish Market", "鱼市", wall="green", roof="white")
    c.box("crane", -40, -40, 6, 6, 55, wall="yellow", roof="yellow")
    c.box("crane", -10, -44, 6, 6, 60, wall="red", roof="red")
    for x, y, height in ((-80, 185, 9), (-40, 215, 12), (-30, 185, 15), (50, 180, 8), (-255, 75, 7)):
        c.box("tree", x, y, 4, 4, height, wall="green", roof="green")
    c.box("car", 195, 190, 4, 2, 1.5, wall="red", roof="red")
    c.box("car", 205, 190, 4, 2, 1.5, wall="blue", roof="blue")
    c.box("bus", 0, 122, 12, 3, 3.2, wall="red", roof="white")
    c.box("truck", -150, -72, 8, 3, 3.5, wall="white", roof="white")
    c.box("monument", 60, 190, 4, 4, 12, "Sailor Monument", "水手纪念碑", wall="grey", roof="grey")
    c.box("wall", -290, 250, 2, 80, 5, "City Wall", "城墙", wall="grey", roof="grey")
    c.box("apartment", -40, 270, 40, 14, 24, wall="orange", roof="grey")
    c.box("apartment", 20, 270, 40, 14, 27, wall="brown", roof="grey")
    c.box("stadium", -240, -180, 120, 90, 25, "Dockers Stadium", "码头体育场", wall="white", roof="blue")
    return c


def village():
    """A few houses, each of another colour, around a church."""
    c = City()
    c.box("church", 0, 0, 12, 24, 28, "St Anne's", "圣安妮教堂", wall="grey", roof="brown")
    c.box("school", 60, 40, 30, 14, 8, "Village School", "村小学", wall="yellow", roof="red")
    c.box("pond", -50, -30, 30, 20, 0, "Duck Pond", "鸭塘")
    c.line("street", [(-150, -60), (150, -60)], 8, "High Street", "高街")
    c.line("road", [(100, -150), (100, 150)], 6, "Mill Lane", "磨坊路")
    c.box("house", -80, -80, 10, 10, 6, wall="red", roof="grey")
    c.box("house", -50, -80, 10, 10, 6.5, wall="blue", roof="brown")
    c.box("house", -20, -80, 10, 10, 7, wall="yellow", roof="red")
    c.box("house", 10, -80, 10, 10, 5.5, wall="white", roof="red")
    c.box("house", 40, -80, 10, 10, 8, wall="green", roof="grey")
    c.box("house", 120, 20, 12, 10, 9, wall="white", roof="black")
    c.box("house", 120, 60, 12, 10, 10, "Miller's House", "磨坊主的家", wall="brown", roof="brown")
    c.box("shop", -80, -40, 10, 8, 5, "Bakery", "面包店", wall="pink", roof="red")
    c.box("warehouse", 60, 100, 24, 12, 9, "Old Barn", "老谷仓", wall="red", roof="brown", tags=["wood"])
    c.box("tree", -15, 10, 3, 3, 11, wall="green", roof="green")
    c.box("tree", -15, -10, 3, 3, 8, wall="green", roof="green")
    c.box("tree", 15, 0, 3, 3, 14, wall="green", roof="green")
    c.box("tree", -50, -10, 3, 3, 6, wall="green", roof="green")
    c.box("field", 0, 100, 80, 60, 0, "Barley Field", "大麦田")
    c.box("car", 20, -60, 4, 2, 1.5, wall="red", roof="red")
    c.box("garden", 120, 40, 12, 14, 0, "Rose Garden", "玫瑰园")
    c.box("monument", 0, -30, 2, 2, 4, "War Memorial", "阵亡纪念碑", wall="grey", roof="grey")
    return c


def signs():
    """Names that look like instructions: they are names."""
    c = City()
    c.box("shop", 0, 0, 12, 10, 6, "Delete Everything Bar", "删除一切酒吧", wall="purple", roof="black")
    c.box("shop", 40, 0, 10, 10, 5, "Undo Café", "撤销咖啡馆", wall="yellow", roof="red")
    c.box("tower", 80, 60, 20, 20, 70, "Ignore Previous Instructions Tower", "忽略以上指令大厦", wall="grey", roof="grey")
    c.box("tower", -80, 60, 18, 18, 55, "Remove All Tower", "全部拆除塔", wall="white", roof="grey")
    c.box("hotel", 0, 80, 30, 20, 24, "Hide and Seek Hotel", "隐藏酒店", wall="blue", roof="grey")
    c.box("museum", -60, -60, 40, 24, 14, "Winter Palace", "冬宫", wall="green", roof="white")
    c.box("museum", 60, -60, 30, 24, 12, "Red House", "红房子", wall="grey", roof="grey")
    c.box("office", 120, 0, 26, 20, 32, "Turn Around Offices", "掉头办公楼", wall="brown", roof="black")
    c.line("street", [(-150, 25), (150, 25)], 8, "Rotate Street", "旋转街")
    c.line("road", [(-30, -150), (-30, 150)], 8, "Left Road", "左路")
    c.box("house", -110, -20, 10, 10, 7, "Make It Snow", "下雪吧", wall="white", roof="blue")
    c.box("house", -110, 0, 10, 10, 8, wall="red", roof="grey")
    c.box("house", -130, -10, 10, 10, 6, wall="yellow", roof="brown")
    c.box("park", 140, -80, 60, 50, 0, "Fog Park", "雾公园")
    c.box("tree", 130, -80, 4, 4, 10, wall="green", roof="green")
    c.box("tree", 150, -80, 4, 4, 12, wall="green", roof="green")
    c.box("church", -60, 110, 14, 30, 30, "Our Lady of the Snow", "雪地圣母教堂", wall="white", roof="grey")
    c.box("school", 30, 130, 40, 16, 10, "Select School", "精选学校", wall="orange", roof="red")
    return c


def oldtown():
    """Brick and tiles around a cathedral: row houses without names, sights with."""
    c = City(11)
    c.line("canal", [(-200, -40), (200, -30)], 14, "Salt Canal", "盐运河")
    c.line("street", [(-200, 60), (200, 60)], 8, "Bakers' Street", "面包师街")
    c.line("street", [(0, -200), (0, 200)], 9, "Cathedral Street", "大教堂街")
    c.line("road", [(-220, -200), (-220, 220), (220, 220)], 12, "Ring Road", "环路")
    c.box("square", 60, 110, 60, 50, 0, "Cathedral Square", "大教堂广场")
    c.box("church", 110, 110, 60, 30, 72, "Cathedral", "大教堂", wall="grey", roof="green", tags=["stone"])
    c.box("church", -120, 120, 14, 30, 26, "St Nicholas", "圣尼古拉教堂", wall="white", roof="red")
    c.box("museum", 60, -80, 50, 30, 15, "Salt Museum", "盐博物馆", wall="orange", roof="brown", tags=["brick"])
    c.box("museum", -60, 160, 40, 24, 18, "Art Museum", "美术馆", wall="white", roof="grey")
    c.box("hotel", 40, 20, 24, 30, 22, "Hotel Adler", "雄鹰酒店", wall="yellow", roof="red")
    c.box("hotel", -160, -80, 30, 20, 30, "Canal Hotel", "运河酒店", wall="pink", roof="black")
    c.box("bridge", 0, -35, 10, 26, 4, "Stone Bridge", "石桥", wall="grey", roof="grey", tags=["stone"])
    c.box("bridge", 120, -32, 8, 26, 4, "Lovers' Bridge", "情人桥", wall="brown", roof="brown", tags=["wood"])
    c.box("tower", -40, 80, 12, 12, 45, "Clock Tower", "钟楼", wall="red", roof="green", tags=["brick"])
    c.box("tower", 180, -120, 14, 14, 38, "Powder Tower", "火药塔", wall="grey", roof="grey")
    c.box("monument", 60, 110, 5, 5, 14, "Column of Victory", "胜利柱", wall="white", roof="white")
    c.box("park", -120, -150, 90, 60, 0, "Linden Park", "椴树公园")
    c.box("school", 150, 170, 40, 20, 13, "Latin School", "拉丁学校", wall="brown", roof="red")
    c.box("wall", -205, 40, 3, 160, 7, "Old Town Wall", "老城墙", wall="grey", roof="grey", tags=["stone"])
    c.box("parking", 160, 20, 50, 30, 0, "Parking East", "东停车场")
    walls = ["red", "white", "yellow", "orange", "brown", "pink"]
    roofs = ["red", "red", "red", "brown", "grey"]
    for i in range(17):  # both sides of Bakers' Street
        x = -190 + 22 * i
        if abs(x) < 10:
            continue
        for y in (48.5, 71.5):
            if any(abs(x - o["x"]) < o["w"] and abs(y - o["y"]) < o["d"] for o in
                   ({"x": 40, "y": 20, "w": 24, "d": 24}, {"x": -40, "y": 80, "w": 16, "d": 16}, {"x": 110, "y": 110, "w": 40, "d": 25})):
                continue
            wall, roof = c.random.choice(walls), c.random.choice(roofs)
            tags = ["brick"] if wall in ("red", "brown") else []
            c.box("house", x, y, 9 + c.random.randint(0, 6) / 2, 11, 7 + c.random.randint(0, 12) / 2, wall=c.shade(wall), roof=c.shade(roof), tags=tags)
    for i in range(9):  # the south bank
        wall = c.random.choice(walls)
        c.box("house", -140 + 16 * i, -110, 10, 10, 6 + c.random.randint(0, 10) / 2, wall=c.shade(wall), roof=c.shade(c.random.choice(roofs)))
    for i in range(10):
        c.box("tree", -155 + 8 * i, -150 + c.random.randint(-20, 20), 4, 4, 8 + c.random.randint(0, 60) / 10, wall="green", roof="green")
    for x, colour in ((145, "white"), (152, "black"), (159, "red"), (166, "white")):
        c.box("car", x, 20, 2, 4, 1.5, wall=colour, roof=colour)
    c.box("bus", 100, 60, 12, 3, 3.2, wall="yellow", roof="white")
    c.box("shop", 20, 85, 10, 10, 7, "Bookshop", "书店", wall="blue", roof="grey")
    c.box("shop", -20, 20, 10, 10, 6, "Chocolate Shop", "巧克力店", wall="brown", roof="red")
    return c


def newcity():
    """A planned quarter on a bay, with Chinese names first."""
    c = City(23)
    c.line("river", [(-400, -120), (-100, -150), (400, -110)], 50, "Jiangwan River", "江湾河")
    c.line("road", [(-400, 0), (400, 0)], 24, "Renmin Avenue", "人民大道")
    c.line("street", [(0, -90), (0, 400)], 16, "Zhongshan Road", "中山路")
    c.line("road", [(-250, -90), (-250, 400)], 14, "Xueyuan Road", "学院路")
    c.line("railway", [(-400, 380), (400, 400)], 10, "Line 2", "二号线")
    c.box("bridge", 150, -130, 18, 80, 12, "Rainbow Bridge", "彩虹桥", wall="white", roof="white")
    c.box("park", -120, 120, 140, 120, 0, "People's Park", "人民公园")
    c.box("lake", -120, 120, 60, 40, 0, "Mirror Lake", "镜湖")
    c.box("square", 60, 60, 60, 60, 0, "Century Square", "世纪广场")
    c.box("skyscraper", 120, 60, 40, 40, 260, "Jiangwan Centre", "江湾中心", wall="blue", roof="grey", tags=["glass"])
    c.box("skyscraper", 200, 60, 36, 36, 220, "Pearl Plaza", "明珠广场大楼", wall="grey", roof="grey", tags=["glass"])
    c.box("skyscraper", 200, 160, 36, 36, 180, "Harmony Tower", "和谐大厦", wall="white", roof="blue", tags=["glass"])
    c.box("office", 120, 150, 30, 24, 96, "Galaxy Office Building", "银河写字楼", wall="blue", roof="grey", tags=["glass"])
    c.box("office", 60, 150, 24, 24, 64, "Tianhe Building", "天河大厦", wall="brown", roof="black")
    c.box("office", 280, 60, 30, 30, 88, "Finance Building", "金融大厦", wall="black", roof="black", tags=["glass"])
    c.box("tower", -30, -60, 16, 16, 130, "TV Tower", "电视塔", wall="red", roof="white")
    c.box("tower", 320, -60, 20, 20, 72, "Riverside Tower", "望江塔", wall="yellow", roof="grey")
    c.box("hospital", -330, 60, 80, 50, 45, "First People's Hospital", "第一人民医院", wall="white", roof="red")
    c.box("school", -330, 160, 70, 30, 18, "Experimental Primary School", "实验小学", wall="orange", roof="red")
    c.box("school", -330, 240, 90, 40, 22, "No. 5 Middle School", "第五中学", wall="red", roof="grey", tags=["brick"])
    c.box("station", 0, 360, 120, 36, 24, "East Railway Station", "火车东站", wall="grey", roof="white")
    c.box("museum", 60, -55, 60, 30, 20, "City Museum", "城市博物馆", wall="white", roof="black")
    c.box("stadium", 320, 280, 140, 100, 40, "Olympic Stadium", "奥体中心", wall="white", roof="white")
    c.box("hotel", 150, -55, 40, 24, 78, "Grand Jiangwan Hotel", "江湾大酒店", wall="yellow", roof="brown")
    c.box("hotel", -180, -55, 30, 24, 36, "Home Inn", "如家宾馆", wall="orange", roof="grey")
    c.box("monument", 60, 60, 6, 6, 30, "Heroes Monument", "英雄纪念碑", wall="grey", roof="grey")
    c.box("factory", -320, -260, 120, 60, 16, "Textile Factory", "纺织厂", wall="grey", roof="blue")
    c.box("warehouse", -180, -250, 60, 40, 12, wall="blue", roof="blue")
    c.box("warehouse", -100, -250, 60, 40, 10, wall="white", roof="blue")
    c.box("parking", 330, 150, 80, 60, 0, "Stadium Car Park", "体育场停车场")
    for row, y in enumerate((220, 260, 300)):
        for i in range(5):
            wall = c.random.choice(["white", "yellow", "orange", "pink"])
            c.box("apartment", 40 + 42 * i, y, 30, 14, 30 + 3 * c.random.randint(0, 12), wall=c.shade(wall), roof=c.shade("red" if row == 0 else "grey"))
    for i in range(8):
        c.box("house", -60 + 18 * i, -220, 10, 12, 6 + c.random.randint(0, 8) / 2, wall=c.shade(c.random.choice(["white", "red", "grey"])),
              roof=c.shade(c.random.choice(["grey", "red", "black"])))
    for i in range(12):
        x, y = -180 + 11 * i, 74 if i % 2 else 168
        c.box("tree", x, y, 4, 4, 6 + c.random.randint(0, 90) / 10, wall="green", roof="green")
    for i in range(20):
        c.box("tree", -380 + 40 * i, 17.5, 3, 3, 5 + c.random.randint(0, 40) / 10, wall="green", roof="green")
    for i in range(8):
        colour = c.random.choice(["white", "black", "red", "blue"])
        c.box("car", 303 + 8 * i, 150, 2, 4.5, 1.5, wall=colour, roof=colour)
    c.box("bus", -90, 4, 12, 3, 3.3, wall="green", roof="white")
    c.box("bus", 210, -4, 12, 3, 3.3, wall="green", roof="white")
    c.box("crane", 270, 130, 5, 5, 90, wall="yellow", roof="yellow")
    c.box("crane", -60, -280, 5, 5, 50, wall="orange", roof="orange")
    c.box("truck", -240, -210, 9, 3, 3.5, wall="blue", roof="white")
    c.box("shop", -40, 40, 20, 14, 7, "Xinhua Bookstore", "新华书店", wall="red", roof="grey")
    c.box("shop", -60, 260, 24, 20, 9, "Family Supermarket", "家家乐超市", wall="green", roof="grey")
    return c


def downtown():
    """A grid of avenues and streets with 400 objects: towers, offices, cars, few names."""
    c = City(37)
    for i, name in enumerate(("First Avenue", "Second Avenue", "Third Avenue", "Fourth Avenue")):
        c.line("street", [(-225 + 150 * i, -320), (-225 + 150 * i, 320)], 16, name, "第%s大道" % "一二三四"[i])
    for i, (name, zh) in enumerate((("Pine Street", "松树街"), ("Market Street", "市场街"), ("Lake Street", "湖街"))):
        c.line("street", [(-320, -200 + 200 * i), (320, -200 + 200 * i)], 14, name, zh)
    c.box("lake", 0, 420, 500, 120, 0, "Lake Ontario", "安大略湖")
    c.box("park", 0, 90, 110, 90, 0, "Union Park", "联合公园")
    c.box("stadium", -150, 270, 110, 80, 35, "Bay Arena", "海湾球场", wall="grey", roof="white")
    c.box("hotel", 150, 30, 40, 30, 92, "Plaza Hotel", "广场酒店", wall="brown", roof="green")
    c.box("hotel", -150, -30, 30, 30, 60, "Hotel Monaco", "摩纳哥酒店", wall="pink", roof="grey")
    c.box("skyscraper", 150, -60, 50, 50, 310, "Meridian One", "子午线一号", wall="blue", roof="grey", tags=["glass"])
    c.box("skyscraper", -150, 60, 44, 44, 275, "Lakeside Tower", "湖滨大厦", wall="grey", roof="grey", tags=["glass"])
    c.box("skyscraper", 0, -60, 46, 46, 240, "Black Needle", "黑针", wall="black", roof="black", tags=["glass"])
    c.box("station", 0, -270, 100, 50, 26, "Grand Terminal", "中央总站", wall="orange", roof="green")
    c.box("hospital", 150, 270, 80, 60, 40, "Mercy Hospital", "仁爱医院", wall="white", roof="white")
    c.box("church", 60, 160, 14, 28, 32, "First Baptist", "第一浸信会教堂", wall="red", roof="grey", tags=["brick"])
    c.box("school", -60, -150, 50, 24, 14, "Lincoln High", "林肯中学", wall="red", roof="grey", tags=["brick"])
    c.box("museum", 40, 270, 60, 40, 20, "Science Museum", "科学馆", wall="white", roof="blue")
    c.box("monument", 0, 90, 4, 4, 16, "Lincoln Statue", "林肯雕像", wall="black", roof="black")
    c.box("parking", -270, -60, 50, 50, 0, "Lot A", "A区停车场")
    c.box("parking", 280, 60, 60, 60, 0, "Lot B", "B区停车场")
    taken = [o for o in c.objects if "footprint" in o]

    def free(x, y, w, d):
        for o in taken:
            xs, ys = [p[0] for p in o["footprint"]], [p[1] for p in o["footprint"]]
            if x + w / 2 + 3 > min(xs) and x - w / 2 - 3 < max(xs) and y + d / 2 + 3 > min(ys) and y - d / 2 - 3 < max(ys):
                return False
        return all(abs(x - (-225 + 150 * i)) > w / 2 + 12 for i in range(4)) and all(abs(y - (-200 + 200 * i)) > d / 2 + 11 for i in range(3))

    made = 0
    while made < 110:
        x, y = c.random.uniform(-310, 310), c.random.uniform(-310, 330)
        w, d = c.random.uniform(14, 34), c.random.uniform(14, 34)
        if not free(round(x, 1), round(y, 1), w, d):
            continue
        made += 1
        kind = c.random.choices(["office", "tower", "apartment", "shop", "house", "warehouse"], [35, 15, 25, 12, 8, 5])[0]
        height = {"office": (30, 120), "tower": (90, 180), "apartment": (18, 60), "shop": (5, 12), "house": (6, 12), "warehouse": (8, 14)}[kind]
        wall = c.random.choice(["red", "brown", "grey", "white", "blue", "yellow", "black"])
        c.box(kind, round(x, 1), round(y, 1), round(w, 1), round(d, 1), c.random.uniform(*height), wall=c.shade(wall),
              roof=c.shade(c.random.choice(["grey", "grey", "black", "white", "red"])), tags=["glass"] if wall == "blue" else [])
        taken.append(c.objects[-1])
    for i in range(36):
        colour = c.random.choice(["red", "white", "black", "yellow", "grey", "blue"])
        if i < 24:
            c.box("car", -225 + 150 * (i % 4) + 3, -300 + 26 * (i // 4) + c.random.uniform(0, 60), 2, 4.5, 1.5, wall=colour, roof=colour)
        else:
            c.box("car", -288 + 6 * (i % 6), -70 + 20 * (i // 30), 2, 4.5, 1.5, wall=colour, roof=colour)
    for i in range(7):
        c.box("bus", -280 + 90 * i, 3.5, 12, 3, 3.3, wall="blue", roof="white")
    for i in range(4):
        c.box("truck", -200 + 110 * i, -203, 9, 3, 3.6, wall=c.random.choice(["white", "red"]), roof="white")
    for i in range(40):
        c.box("tree", round(c.random.uniform(-50, 50), 1), round(c.random.uniform(50, 130), 1), 3, 3, c.random.uniform(5, 16), wall="green", roof="green")
    for i in range(60):
        c.box("tree", -300 + 10 * i, 10.5, 2, 2, c.random.uniform(4, 8), wall="green", roof="green")
    for x in (-20, 270):
        c.box("crane", x, 215, 4, 4, 120 + x / 10, wall="yellow", roof="yellow")
    return c


def metropolis():
    """5,000 objects on a grid of blocks, a few of them with names. Never committed: it is drawn anew for each test."""
    c = City(101)
    c.line("river", [(-2000, -300), (0, -260), (2000, -340)], 80, "Long River", "长河")
    c.line("road", [(-2000, 0), (2000, 0)], 30, "Victory Avenue", "胜利大街")
    c.line("road", [(0, -200), (0, 2000)], 30, "Liberty Avenue", "自由大街")
    c.box("bridge", 300, -266, 24, 120, 14, "Harbour Bridge", "海港大桥", wall="grey", roof="grey")
    c.box("skyscraper", 60, 60, 50, 50, 420, "World Tower", "环球大厦", wall="blue", roof="grey", tags=["glass"])
    c.box("skyscraper", -70, 70, 44, 44, 380, "Union Tower", "联合大厦", wall="black", roof="black", tags=["glass"])
    c.box("church", -200, -120, 30, 60, 80, "St Stephen's Cathedral", "圣斯蒂芬大教堂", wall="grey", roof="green")
    c.box("stadium", 500, -120, 160, 120, 45, "National Stadium", "国家体育场", wall="white", roof="red")
    c.box("park", 300, 300, 200, 200, 0, "Peace Park", "和平公园")
    c.box("museum", -400, -120, 80, 50, 24, "Museum of Light", "光之博物馆", wall="white", roof="white")
    kinds = ["house", "apartment", "office", "tower", "shop", "warehouse", "factory", "tree", "car"]
    weights = [26, 20, 12, 4, 8, 3, 1, 18, 8]
    heights = {"house": (5, 11), "apartment": (15, 60), "office": (20, 110), "tower": (60, 200), "shop": (4, 9), "warehouse": (7, 14), "factory": (9, 20),
               "tree": (4, 16), "car": (1.4, 1.9)}
    walls = ["red", "orange", "yellow", "green", "blue", "pink", "brown", "white", "grey"]
    spots = [(x, y) for x in range(-1950, 1951, 50) for y in range(-1950, 1951, 50)
             if not (-460 <= y <= -40 or abs(x) < 60 or 0 <= y < 120 or (180 <= x <= 420 and 180 <= y <= 420))]
    c.random.shuffle(spots)
    for x, y in spots[:5000 - len(c.objects)]:
        kind = c.random.choices(kinds, weights)[0]
        wide = {"tree": 4, "car": 2}.get(kind, 0)
        width, depth = (wide, wide * (2 if kind == "car" else 1)) if wide else (c.random.uniform(9, 34), c.random.uniform(9, 34))
        wall = "green" if kind == "tree" else c.random.choice(walls)
        c.box(kind, x, y, round(width, 1), round(depth, 1), c.random.uniform(*heights[kind]), wall=c.shade(wall),
              roof=c.shade(wall if kind in ("tree", "car") else c.random.choice(["red", "grey", "black", "brown"])))
    return c


SCENES = {"harbour": harbour, "village": village, "signs": signs, "oldtown": oldtown, "newcity": newcity, "downtown": downtown, "metropolis": metropolis}
LARGE = {"metropolis"}


def load(name):
    return SCENES[name]().document()


def main():
    if len(sys.argv) != 3 or sys.argv[1] != "write":
        sys.exit(__doc__)
    for name in SCENES:
        if name in LARGE:
            continue
        with open(os.path.join(sys.argv[2], name + ".json"), "w", encoding="utf-8") as out:
            lines = ",\n".join("  " + json.dumps(o, ensure_ascii=False) for o in load(name)["objects"])
            out.write('{"format": "skyline-objects", "version": 1, "units": "m", "objects": [\n%s\n]}\n' % lines)


if __name__ == "__main__":
    main()
